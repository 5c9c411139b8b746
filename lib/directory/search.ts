import { asc, eq, or, type SQL, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { accounts, products, subjects } from "#db/schema/directory.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { factsColumns, type SubjectFacts } from "./facts.ts";
import {
  hasShortWords,
  matches,
  matchesByIndex,
  nameStarts,
  readTerms,
  type Terms,
  wordsStart,
} from "./search-terms.ts";

/** What the search shows of a person, and what the policy decides on. */
export type Hit = SubjectFacts & {
  lang: string | null;
  role: string;
  lastSeenAt: Date | null;
  account: SubjectFacts["account"] & { externalId: string };
  /** How many of all matches have this very name, this one included. */
  sameName: number;
};
export type Found = {
  hits: Hit[];
  /** Matches, counted to `countedTo`; more is "200+". */
  total: number;
  more: boolean;
};

const countedTo = 200;
/** Of more matches than these the best are not sought: the words typed so far say too little. */
const ranked = 1000;

/**
 * People whose name, e-mail, id or account holds every word of `q`: the very id or e-mail first, then names that begin
 * with it, then beginnings of words, then the rest; then who was last seen. Words of one or two letters are looked for at
 * the beginnings of words, and only where that finds too few, everywhere.
 */
export async function searchSubjects(
  { db }: Ctx<StaffActor>,
  { q, limit = 20 }: { q: string; limit?: number },
): Promise<Found> {
  const terms = await readTerms(db, q);
  if (!terms) return { hits: [], total: 0, more: false };
  if (hasShortWords(terms)) {
    const found = await find(db, terms, matchesByIndex(terms), limit);
    if (found.total >= limit) return found;
  }
  return find(db, terms, matches(terms), limit);
}

async function find(db: Reader, terms: Terms, matching: SQL, limit: number): Promise<Found> {
  const { typed } = terms;
  const exact = or(
    sql`lower(${subjects.email}) = lower(${typed})`,
    sql`lower(${subjects.externalId}) = lower(${typed})`,
    sql`${subjects.accountId} in (select a.id from ${accounts} a where lower(a.external_id) = lower(${typed}))`,
  );
  const rank = sql<number>`case when ${exact} then 0 when ${nameStarts(terms)} then 1 when ${wordsStart(terms)} then 2 else 3 end`;
  const found = db
    .select({
      id: subjects.id,
      name: subjects.name,
      seen: subjects.lastSeenAt,
      rank: rank.as("rank"),
    })
    .from(subjects)
    .where(matching)
    .limit(ranked)
    .as("found");
  const best = db
    .select({
      id: found.id,
      total: sql<number>`count(*) over ()`.as("total"),
      sameName: sql<number>`count(*) over (partition by ${found.name})`.as("same_name"),
      place:
        sql<number>`row_number() over (order by ${found.rank}, ${found.seen} desc nulls last, ${found.name}, ${found.id})`.as(
          "place",
        ),
    })
    .from(found)
    .orderBy(sql`place`)
    .limit(limit)
    .as("best");
  const rows = await db
    .select({
      ...factsColumns,
      account: { ...factsColumns.account, externalId: accounts.externalId },
      lang: subjects.lang,
      role: subjects.role,
      lastSeenAt: subjects.lastSeenAt,
      sameName: best.sameName,
      total: best.total,
    })
    .from(best)
    .innerJoin(subjects, eq(subjects.id, best.id))
    .innerJoin(accounts, eq(accounts.id, subjects.accountId))
    .innerJoin(products, eq(products.id, subjects.productId))
    .orderBy(asc(best.place));
  const total = rows[0]?.total ?? 0;
  return {
    hits: rows.map(({ total: _, ...hit }) => hit),
    total: Math.min(total, countedTo),
    more: total > countedTo,
  };
}
