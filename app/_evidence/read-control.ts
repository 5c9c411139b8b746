import { redirect } from "next/navigation";
import type { ControlId } from "#lib/evidence/controls/controls.ts";
import {
  drawSample,
  type LooksCtx,
  newSeed,
  recordPopulation,
} from "#lib/evidence/controls/draw.ts";
import type { EvidenceParams } from "#lib/evidence/controls/params.ts";
import type { Period } from "#lib/evidence/controls/period.ts";
import { readCounted } from "#lib/evidence/controls/queries.ts";
import { withQuery } from "./address.ts";
import { periodQuery } from "./words.ts";

/** What a control's page shows. Whatever is answered is on record, a prefetch too: it holds the same lines. */
export async function readControl(
  ctx: LooksCtx,
  {
    control,
    period,
    params,
    path,
  }: {
    control: ControlId;
    period: Period;
    params: EvidenceParams;
    path: string;
  },
) {
  const { n, seed } = params;
  // The address then says which sample it is.
  if (n !== undefined && seed === undefined)
    redirect(withQuery(path, { ...periodQuery(period), n: String(n), seed: newSeed() }));
  const [sample, { population, count }] = await Promise.all([
    n !== undefined && seed !== undefined ? drawSample(ctx, control, period, { n, seed }) : null,
    readCounted(ctx.db, control, period, params),
  ]);
  if (!sample) await recordPopulation(ctx, period, [count]);
  return { sample, population, count };
}
