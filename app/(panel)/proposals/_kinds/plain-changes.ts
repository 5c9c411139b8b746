import { z } from "zod";
import type { Proposal } from "#lib/proposals/queries.ts";
import type { Change } from "./kind.ts";

const fields = z.record(z.string(), z.unknown());
const words = (value: unknown): string => {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
};

/** The fields that differ, as they are stored: for a kind that says no more about itself. */
export function plainChanges({ before, after }: Proposal): Change[] {
  const was = fields.safeParse(before);
  const will = fields.safeParse(after);
  if (!was.success || !will.success)
    return [{ what: "Value", before: words(before), after: words(after) }];
  return [...new Set([...Object.keys(was.data), ...Object.keys(will.data)])]
    .map((what) => ({ what, before: words(was.data[what]), after: words(will.data[what]) }))
    .filter((change) => change.before !== change.after);
}
