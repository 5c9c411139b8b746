import type { ControlId } from "#lib/evidence/controls/controls.ts";
import type { LooksCtx } from "#lib/evidence/controls/draw.ts";
import { evidenceParams } from "#lib/evidence/controls/params.ts";
import { periodFor } from "#lib/evidence/controls/period.ts";
import { takeSample } from "#lib/evidence/controls/take-sample.ts";
import { csvRow } from "#lib/files/csv.ts";
import { problem } from "./api.ts";

const columns = ["control", "id", "at", "kind", "who", "what", "exception", "entry_id"] as const;

/** A sample as a table: at most 200 lines. Null where the address asks for none. */
export async function sendSample(
  ctx: LooksCtx,
  control: ControlId,
  query: URLSearchParams,
): Promise<Response | null> {
  const { n, seed, ...asked } = evidenceParams.parse(Object.fromEntries(query));
  if (n === undefined || seed === undefined) return null;
  const period = await periodFor(ctx, asked);
  const taken = await takeSample(ctx, control, period, { n, seed });
  if (!taken.ok) return problem(403, "Not allowed", taken.error.message);
  const { lines } = taken.value;
  const rows = lines.map((line) => ({ ...line, control, entry_id: line.entryId }));
  const text =
    csvRow(columns) + rows.map((row) => csvRow(columns.map((name) => row[name]))).join("");
  const name = `sample-${control}-${period.firstDay}-${period.lastDay}-n${n}-seed${seed}.csv`;
  return new Response(text, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
}
