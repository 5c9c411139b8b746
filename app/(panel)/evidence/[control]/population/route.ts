import { controlSchema } from "#lib/evidence/controls/params.ts";
import { problem } from "#lib/platform/api.ts";
import { answered } from "#lib/platform/out-of-reach.ts";
import { staffForPoll } from "#lib/platform/require-staff.ts";
import { sendPopulation } from "#lib/platform/send-population.ts";

type At = { params: Promise<{ control: string }> };

/** The whole population of a control as a table: compliance takes evidence out. */
export const GET = answered(async (request: Request, { params }: At): Promise<Response> => {
  const staff = await staffForPoll("export_evidence");
  if (!staff.ok) return problem(403, "Not allowed", staff.error.message);
  const control = controlSchema.safeParse((await params).control);
  if (!control.success) return problem(404, "Not found", "Nothing here that you may download.");
  return sendPopulation(staff.value, control.data, request);
});
