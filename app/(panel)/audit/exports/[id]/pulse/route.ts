import { readExport } from "#lib/evidence/exports/queries.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { json, notFoundProblem, refusalProblem } from "#lib/platform/api.ts";
import { answered } from "#lib/platform/out-of-reach.ts";
import { staffForPoll } from "#lib/platform/require-staff.ts";
import { pulseOf } from "../../pulse-of.ts";

type Params = { params: Promise<{ id: string }> };

/** How far an export is; the page reads itself anew when this changes. */
export const GET = answered(async (_request: Request, { params }: Params): Promise<Response> => {
  const staff = await staffForPoll("export_evidence");
  if (!staff.ok) return refusalProblem(staff.error);
  const id = idSchema.safeParse((await params).id);
  const row = id.success ? await readExport(staff.value, id.data) : null;
  if (!row) return notFoundProblem();
  return json(pulseOf(row));
});
