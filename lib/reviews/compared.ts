import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Reader } from "#db/client.ts";
import { type RosterPerson, rosterComparisons } from "#db/schema/reviews.ts";

/** How many of a list a page shows. */
export const comparedShown = 50;

/** After how many of each list a page begins; of another value it begins at the first. */
const after = z.coerce.number().int().min(0).max(1_000_000).catch(0);
export const comparedParams = z.object({ here: after, there: after, differ: after });
export type ComparedParams = z.infer<typeof comparedParams>;

/**
 * Whom only one side of a comparison knows, and of whom the two say different things: a page of each list. A comparison
 * never changes, so the place of a line in it is where the next page goes on.
 */
export async function readCompared(
  db: Reader,
  comparisonId: string,
  { here, there, differ }: ComparedParams,
) {
  const [row] = await db
    .select({
      onlyInPanel: pageOf(rosterComparisons.onlyInPanel, here),
      onlyInRoster: pageOf(rosterComparisons.onlyInRoster, there),
      differ: pageOf(rosterComparisons.differ, differ),
    })
    .from(rosterComparisons)
    .where(eq(rosterComparisons.id, comparisonId));
  if (!row) throw new Error("A comparison that is there no more");
  return row;
}

export type Compared = Awaited<ReturnType<typeof readCompared>>;

type List =
  | typeof rosterComparisons.onlyInPanel
  | typeof rosterComparisons.onlyInRoster
  | typeof rosterComparisons.differ;

const pageOf = (list: List, from: number) => sql<RosterPerson[]>`
  jsonb_path_query_array(${list}, '$[$from to $last]',
    jsonb_build_object('from', ${from}::int, 'last', ${from + comparedShown - 1}::int))`;
