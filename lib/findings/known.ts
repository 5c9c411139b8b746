import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import { detectors, findingStatuses } from "#lib/vocabulary.ts";
import { type Evidence, type Found, storedEvidence } from "./evidence.ts";

const rowSchema = z.object({
  id: z.guid(),
  number: z.int(),
  detector: z.enum(detectors),
  status: z.enum(findingStatuses),
  actorId: z.guid(),
  otherId: z.guid().nullable(),
  subjectId: z.guid().nullable(),
  accountId: z.guid().nullable(),
  evidence: storedEvidence,
});
export type Known = z.infer<typeof rowSchema>;

const select = preparedStatement<unknown>(
  "findings_known",
  `select id, number, detector, status, actor_id as "actorId", other_id as "otherId", subject_id as "subjectId",
     account_id as "accountId", evidence
   from findings where actor_id = any($1::uuid[])
     and (status = 'open' or last_at > to_timestamp($2::float8 / 1000) - interval '90 days')
   order by id for no key update`,
);

/** Findings about these people: the open ones, which may grow, and what was disposed of, which counts no more. */
export async function loadKnown(
  tx: Transaction,
  actorIds: readonly string[],
  before: number,
): Promise<KnownFindings> {
  const rows = actorIds.length === 0 ? [] : await select(tx, actorIds, before);
  return knownFindings(rows.map((row) => rowSchema.parse(row)));
}

export type KnownFindings = ReturnType<typeof knownFindings>;

/** Of these each is a finding of its own, which never grows. */
const eachAlone: readonly Found["detector"][] = ["break_glass", "look_closer"];

/** The finding that a pattern belongs to: one at a time for each detector and whom it is about. */
const placeOf = (of: Found): string =>
  [
    of.detector,
    of.actorId,
    of.otherId ?? "",
    of.subjectId ?? of.accountId ?? "",
    eachAlone.includes(of.detector) ? of.evidence.items[0]?.id : "",
  ].join(" ");

export function knownFindings(rows: readonly Known[]) {
  const disposed = new Set<string>();
  const open = new Map<string, Known>();
  for (const row of rows)
    if (row.status === "open") open.set(placeOf(row), row);
    else for (const { id } of row.evidence.items) disposed.add(`${row.detector} ${id}`);
  return {
    isDisposed: (detector: string, id: string): boolean => disposed.has(`${detector} ${id}`),
    openFor: (found: Found): Known | null => open.get(placeOf(found)) ?? null,
  };
}

/** Many times as much of the same is worth a line in the log; each further write is not. */
const grownBy = 1.5;

/** Old and new evidence together, in the order of time; null where nothing worth telling is new. */
export function merged(old: Evidence, found: Evidence): Evidence | null {
  const items = new Map(old.items.map((item) => [item.id, item]));
  let isNews = false;
  for (const item of found.items) {
    const before = items.get(item.id);
    if (before && item.count < before.count * grownBy) continue;
    items.set(item.id, item);
    isNews = true;
  }
  if (!isNews) return null;
  return {
    items: [...items.values()].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    figures: { ...old.figures, ...found.figures },
  };
}
