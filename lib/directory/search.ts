import { asc, eq, sql } from "drizzle-orm";
import type { Database, Reader } from "#db/client.ts";
import { accounts, products, subjects } from "#db/schema/directory.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { plainText } from "#lib/kernel/typed-text.ts";
import { factsColumns, type SubjectFacts } from "./facts.ts";

/** What the search shows of a person, and what the policy decides on. */
export type Hit = SubjectFacts & {
  lang: string | null;
  role: string;
  lastSeenAt: Date | null;
  account: SubjectFacts["account"] & { externalId: string };
  /** How many of all matches have this very name, this one included. */
  sameName: number;
  /** Nobody matches what was typed: what was meant, by the slip that is undone here; folded. */
  corrected: string | null;
};
export type Found = {
  hits: Hit[];
  /** Matches, counted to 200. */
  total: number;
  /** Whether there are, or may be, more: nobody looked further once enough were found. */
  more: boolean;
};

/**
 * People whose name, e-mail, id or account holds every word of `q`: the very id or e-mail first, then names that begin
 * with it, then names in which words do, then e-mails, ids and accounts, then the rest; whole words before parts of
 * them; then who was last seen. An id or e-mail that is typed in full is looked for alone. The tiers are those of
 * `search_people` (`0005_search.sql`), which ends with the first that makes `limit` full: so the order is exact within a
 * tier of up to 200, and the rest is only sought where names do not suffice.
 *
 * Words of one or two letters, or of signs, are looked for at the beginnings of words, and only where that finds too few,
 * anywhere in a name. Where nobody matches, one slip in a name is forgiven (`corrected`).
 */
export async function searchSubjects(
  { db }: Ctx<StaffActor>,
  { q, limit = 20 }: { q: string; limit?: number },
): Promise<Found> {
  const typed = plainText(q).normalize("NFC").trim();
  if (typed === "") return { hits: [], total: 0, more: false };
  const rows = await prepared(db).execute({ typed, limit });
  const [first] = rows;
  return {
    hits: rows.map(({ total: _, more: __, ...hit }) => hit),
    total: first?.total ?? 0,
    more: first?.more ?? false,
  };
}

const statements = new WeakMap<Reader, ReturnType<typeof prepare>>();

/** Built once for each database: what Drizzle makes of it costs as much as the search itself. */
function prepared(db: Database): ReturnType<typeof prepare> {
  const known = statements.get(db) ?? prepare(db);
  statements.set(db, known);
  return known;
}

const found = sql`search_people(${sql.placeholder("typed")}, ${sql.placeholder("limit")}) as found`;

const prepare = (db: Database) =>
  db
    .select({
      ...factsColumns,
      account: { ...factsColumns.account, externalId: accounts.externalId },
      lang: subjects.lang,
      role: subjects.role,
      lastSeenAt: subjects.lastSeenAt,
      sameName: sql<number>`found.same_name`,
      corrected: sql<string | null>`found.corrected`,
      total: sql<number>`found.total`,
      more: sql<boolean>`found.more`,
    })
    .from(found)
    .innerJoin(subjects, eq(subjects.id, sql`found.subject_id`))
    .innerJoin(accounts, eq(accounts.id, subjects.accountId))
    .innerJoin(products, eq(products.id, subjects.productId))
    .orderBy(asc(sql`found.place`))
    .prepare("search_people");
