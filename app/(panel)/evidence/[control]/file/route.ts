import { controlSchema } from "#lib/evidence/controls/params.ts";
import { problem } from "#lib/platform/api.ts";
import { answered } from "#lib/platform/out-of-reach.ts";
import { staffForPoll } from "#lib/platform/require-staff.ts";
import { sendSample } from "#lib/platform/send-sample.ts";

type At = { params: Promise<{ control: string }> };

/** A sample as a table. The same address draws the same. */
export const GET = answered(async (request: Request, { params }: At): Promise<Response> => {
  const staff = await staffForPoll("see_evidence");
  if (!staff.ok) return problem(403, "Not allowed", staff.error.message);
  const control = controlSchema.safeParse((await params).control);
  const { searchParams } = new URL(request.url);
  const sample = control.success && (await sendSample(staff.value, control.data, searchParams));
  return sample || problem(404, "Not found", "Nothing here that you may download.");
});
