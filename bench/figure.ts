import { median } from "./measure.ts";

/** One measured number. What has no target is told as it is. */
export type Figure = {
  name: string;
  value: number;
  unit: string;
  /** What the value is compared with: measured in the same run, by turns with it. Null: nothing. */
  limit: number | null;
  /** The value as a multiple of the limit; of rounds by turns, the median of each round's own. */
  ratio: number | null;
  /** What the ratio (the value, where there is no limit) must be: ">= 0.75". */
  target: string | null;
  ok: boolean | null;
};

export type Target = { atLeast: number } | { atMost: number };

/** What was measured by turns: medians, and the median of the ratios of neighbours, whom the same noise met. */
export function compared(
  name: string,
  unit: string,
  values: readonly number[],
  limits: readonly number[],
  target?: Target,
): Figure {
  const ratio = median(values.map((value, i) => value / (limits[i] ?? Number.NaN)));
  return figure(name, unit, median(values), { limit: median(limits), ratio, target });
}

/** @throws when the limit is nothing to divide by: then nothing was measured. */
export function figure(
  name: string,
  unit: string,
  value: number,
  more: { limit?: number; ratio?: number; target?: Target } = {},
): Figure {
  const limit = more.limit ?? null;
  if (!Number.isFinite(value) || (limit !== null && !(limit > 0)))
    throw new Error(`${name} was not measured: ${value} ${unit} of ${limit}`);
  const ratio = more.ratio ?? (limit === null ? null : value / limit);
  return { name, value, unit, limit, ratio, ...judged(ratio ?? value, more.target) };
}

function judged(measured: number, target?: Target): { target: string | null; ok: boolean | null } {
  if (!target) return { target: null, ok: null };
  return "atLeast" in target
    ? { target: `>= ${target.atLeast}`, ok: measured >= target.atLeast }
    : { target: `<= ${target.atMost}`, ok: measured <= target.atMost };
}

/** Three digits that say something; counts in full. */
export function digits(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString("en-US");
  return String(Number(value.toPrecision(3)));
}
