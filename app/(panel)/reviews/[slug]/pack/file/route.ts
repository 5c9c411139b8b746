import { problem } from "#lib/platform/api.ts";
import { foreign, noteForeign } from "#lib/platform/foreign.ts";
import { answered } from "#lib/platform/out-of-reach.ts";
import { isOwnOrigin } from "#lib/platform/request.ts";
import { staffForPoll } from "#lib/platform/require-staff.ts";
import { sendPack } from "#lib/platform/send-pack.ts";

type At = { params: Promise<{ slug: string }> };

/** The pack, asked for by a form: its first making signs it, and each is on record. */
export const POST = answered(async (request: Request, { params }: At): Promise<Response> => {
  if (!isOwnOrigin(request.headers)) {
    await noteForeign(request.headers);
    return problem(403, "Not allowed", foreign.message);
  }
  const staff = await staffForPoll("export_evidence");
  if (!staff.ok) return problem(403, "Not allowed", staff.error.message);
  const { slug } = await params;
  return sendPack(staff.value, slug, `/reviews/${encodeURIComponent(slug)}/pack`, request.signal);
});
