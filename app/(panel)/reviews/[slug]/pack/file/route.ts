import { problem } from "#lib/platform/api.ts";
import { foreign, noteForeign } from "#lib/platform/foreign.ts";
import { answered } from "#lib/platform/out-of-reach.ts";
import { isOwnOrigin } from "#lib/platform/request.ts";
import { sendPack } from "#lib/platform/send-pack.ts";
import { staffForDownload } from "#lib/platform/staff-for-download.ts";

type At = { params: Promise<{ slug: string }> };

/** The pack, asked for by a form: its first making signs it, and each is on record. */
export const POST = answered(async (request: Request, { params }: At): Promise<Response> => {
  if (!isOwnOrigin(request.headers)) {
    await noteForeign(request.headers);
    return problem(403, "Not allowed", foreign.message);
  }
  const page = `/reviews/${encodeURIComponent((await params).slug)}/pack`;
  const staff = await staffForDownload({ permission: "export_evidence", kind: "pack", page });
  if (!staff.ctx) return staff.answer;
  return sendPack(staff.ctx, (await params).slug, page, request.signal);
});
