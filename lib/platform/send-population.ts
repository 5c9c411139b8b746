import type { ControlId } from "#lib/evidence/controls/controls.ts";
import type { LooksCtx } from "#lib/evidence/controls/draw.ts";
import { evidenceParams } from "#lib/evidence/controls/params.ts";
import { periodFor } from "#lib/evidence/controls/period.ts";
import { populationFile } from "#lib/evidence/controls/population-file.ts";
import { sendCsv } from "./send-csv.ts";

/** A whole population as a table. */
export async function sendPopulation(
  ctx: LooksCtx,
  control: ControlId,
  { url, signal }: Request,
): Promise<Response> {
  const period = await periodFor(
    ctx,
    evidenceParams.parse(Object.fromEntries(new URL(url).searchParams)),
  );
  const name = `population-${control}-${period.firstDay}-${period.lastDay}.csv`;
  return sendCsv(ctx.actor.kind, name, populationFile(ctx, control, period), signal);
}
