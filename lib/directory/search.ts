import { asc, eq, sql } from "drizzle-orm";
import { preparedSelect } from "#db/prepared.ts";
import { accounts, products, subjects } from "#db/schema/directory.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { factsIn, flatFactsColumns, type SubjectFacts } from "./facts.ts";
import { isKept, keptBack, notTheirs, reachRulesSql } from "./kept.ts";
import { searchedText } from "./searched-text.ts";

/** What the search shows of a person, and what the policy decides on. */
export type Hit = Omit<SubjectFacts, "email" | "externalId"> &
  Withheld & {
    lang: string | null;
    lastSeenAt: Date | null;
    account: SubjectFacts["account"] & { externalId: string };
    /** How many of all matches have this very name, this one included. */
    sameName: number;
    /** Nobody matches what was typed: what was meant, by the slip that is undone here; folded. */
    corrected: string | null;
  };
/** What the search tells of who is another team's. */
type Withheld = {
  /** Why this reader may not stand in for them; null where they may, or where they are no agent. */
  notTheirs: string | null;
  /** Whether no more than that is told, and who they are. */
  isKept: boolean;
  email: string | null;
  externalId: string | null;
};
export type Found = {
  hits: Hit[];
  /** Matches, counted to 200. */
  total: number;
  /** Whether there are, or may be, more: nobody looked further once enough were found. */
  more: boolean;
};

/**
 * People whose name, e-mail, id or account holds every word of `q` (`searchedText`): the very id or e-mail first, then
 * names that begin with it, then names in which words do in any order, then those of whom a word is typed by its initial,
 * then e-mails, ids and accounts, then the rest; whole words before parts of them. A name counts as it is written and in
 * Latin letters (Greek, Cyrillic, ü as ue), and what is typed in one of those finds, after that, names in Latin letters. An
 * id or e-mail that is typed in full is looked for alone. The tiers are those of `search_people` (`0090_met_at_once.sql`),
 * which ends with the first that makes `limit` full: so the order is exact within a tier of up to 200, and the rest is
 * only sought where names do not suffice.
 *
 * Within a tier of up to a hundred, who belongs to an account that the reader met lately comes first (by a session, the
 * last one first, within thirty days and the account's last twenty), then whose account one of the reader's team met,
 * unless nobody may stand in for them any more: looked up for the first forty, so for the last seen of a larger tier. Then,
 * and where more than a hundred match equally well at once, comes who was last seen; then the later id. So the same question
 * has the same order until somebody is met, or seen.
 *
 * Words of one or two letters, or of signs, are looked for at the beginnings of words, and only where that finds too few,
 * anywhere in a name; two or three letters may be somebody's initials. Where nobody matches, one slip in a name is
 * forgiven (`corrected`).
 */
export async function searchSubjects(
  { db, actor }: Ctx<StaffActor>,
  { q, limit = mostShown }: { q: string; limit?: number },
): Promise<Found> {
  const typed = searchedText(q);
  if (typed === "") return { hits: [], total: 0, more: false };
  return foundIn(actor, await select(db, { typed, limit, agent: actor.id, team: actor.team }));
}

/** How many people an answer shows. */
const mostShown = 20;

const hitColumns = {
  ...flatFactsColumns,
  accountExternalId: accounts.externalId,
  lang: subjects.lang,
  lastSeenAt: subjects.lastSeenAt,
  sameName: sql<number>`found.same_name`,
  corrected: sql<string | null>`found.corrected`,
  total: sql<number>`found.total`,
  more: sql<boolean>`found.more`,
  reach: reachRulesSql,
};

const select = preparedSelect("search_people", hitColumns, (builder, columns) =>
  builder
    .select(columns)
    .from(
      sql`search_people(${sql.placeholder("typed")}, ${sql.placeholder("limit")},
        ${sql.placeholder("agent")}, ${sql.placeholder("team")}) as found`,
    )
    .innerJoin(subjects, eq(subjects.id, sql`found.subject_id`))
    .innerJoin(accounts, eq(accounts.id, subjects.accountId))
    .innerJoin(products, eq(products.id, subjects.productId))
    .orderBy(asc(sql`found.place`)),
);
type HitRow = Awaited<ReturnType<typeof select>>[number];

function foundIn(actor: StaffActor, rows: HitRow[]): Found {
  const [first] = rows;
  const hits = rows.map((row) => {
    const facts = factsIn(row);
    const why = notTheirs(actor, facts, row.reach);
    const hit: Hit = {
      ...facts,
      account: { ...facts.account, externalId: row.accountExternalId },
      lang: row.lang,
      lastSeenAt: row.lastSeenAt,
      sameName: row.sameName,
      corrected: row.corrected,
      notTheirs: why,
      isKept: false,
    };
    return isKept(actor, why) ? { ...hit, ...keptBack } : hit;
  });
  return { hits, total: first?.total ?? 0, more: first?.more ?? false };
}
