import { controlSchema } from "#lib/evidence/controls/params.ts";
import { problem } from "#lib/platform/api.ts";
import { answered } from "#lib/platform/out-of-reach.ts";
import { sendPopulation } from "#lib/platform/send-population.ts";
import { staffForDownload } from "#lib/platform/staff-for-download.ts";

type At = { params: Promise<{ control: string }> };

/** The whole population of a control as a table: compliance takes evidence out. */
export const GET = answered(async (request: Request, { params }: At): Promise<Response> => {
  const { pathname, search } = new URL(request.url);
  const page = `${pathname.replace(/\/population$/, "")}${search}`;
  const staff = await staffForDownload({ permission: "export_evidence", kind: "population", page });
  if (!staff.ctx) return staff.answer;
  const control = controlSchema.safeParse((await params).control);
  if (!control.success) return problem(404, "Not found", "Nothing here that you may download.");
  return sendPopulation(staff.ctx, control.data, request);
});
