import { controlSchema } from "#lib/evidence/controls/params.ts";
import { problem } from "#lib/platform/api.ts";
import { answered } from "#lib/platform/out-of-reach.ts";
import { sendSample } from "#lib/platform/send-sample.ts";
import { staffForDownload } from "#lib/platform/staff-for-download.ts";

type At = { params: Promise<{ control: string }> };

/** A sample as a table. The same address draws the same. */
export const GET = answered(async (request: Request, { params }: At): Promise<Response> => {
  const { pathname, search, searchParams } = new URL(request.url);
  const page = `${pathname.replace(/\/file$/, "")}${search}`;
  const staff = await staffForDownload({ permission: "see_evidence", kind: "sample", page });
  if (!staff.ctx) return staff.answer;
  const control = controlSchema.safeParse((await params).control);
  const sample = control.success && (await sendSample(staff.ctx, control.data, searchParams));
  return sample || problem(404, "Not found", "Nothing here that you may download.");
});
