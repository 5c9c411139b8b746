import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { accounts, products, subjects } from "#db/schema/directory.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { readNameCursor, writeNameCursor } from "#lib/kernel/name-cursor.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import { countPage } from "./count-search.ts";
import { factsColumns, type SubjectFacts } from "./facts.ts";
import { isKept, keptBack, notTheirs, reachRulesSql } from "./kept.ts";
import type { Hit } from "./search.ts";
import { matches, readTerms } from "./search-terms.ts";

export type AccountUser = Omit<Hit, "account" | "sameName" | "corrected"> &
  Pick<SubjectFacts, "account">;

/** A page of the users of an account and the cursors of its neighbours; null where there is none. */
export type AccountUsers = { users: AccountUser[]; previous: string | null; next: string | null };

/** What the URL of an account page says; a cursor that we did not write is the first page. */
export const accountUsersParams = z.object({
  q: z.string().max(200).catch(""),
  after: z.string().max(600).optional().catch(undefined),
  before: z.string().max(600).optional().catch(undefined),
});
export type AccountUsersParams = z.infer<typeof accountUsersParams>;

const pageSize = 50;

/**
 * The users of an account by name, 50 to a page, or those whom `q` finds among them. Each page is one of the reader's
 * searches. Refuses with `too_often`.
 */
export async function readAccountUsers(
  ctx: Ctx<StaffActor>,
  accountId: string,
  { q, after, before }: AccountUsersParams,
): Promise<Result<AccountUsers>> {
  const { db, actor } = ctx;
  const often = await countPage(ctx, accountId, JSON.stringify([q, after, before]));
  if (often) return { ok: false, error: often };
  const terms = q.trim() === "" ? null : await readTerms(db, q);
  const later = readNameCursor(after);
  const earlier = later ? null : readNameCursor(before);
  const place = sql`(${subjects.name}, ${subjects.id})`;
  const from = later
    ? sql`${place} > (${later.name}, ${later.id}::uuid)`
    : earlier && sql`${place} < (${earlier.name}, ${earlier.id}::uuid)`;
  const order = earlier ? sql`desc` : sql`asc`;
  const rows = await db
    .select({
      ...factsColumns,
      lang: subjects.lang,
      lastSeenAt: subjects.lastSeenAt,
      reach: reachRulesSql,
    })
    .from(subjects)
    .innerJoin(accounts, eq(accounts.id, subjects.accountId))
    .innerJoin(products, eq(products.id, subjects.productId))
    .where(
      and(eq(subjects.accountId, accountId), terms ? matches(terms) : undefined, from ?? undefined),
    )
    .orderBy(sql`${subjects.name} ${order}`, sql`${subjects.id} ${order}`)
    .limit(pageSize + 1);
  const more = rows.length > pageSize;
  const users = rows.slice(0, pageSize).map(({ reach, ...row }) => {
    const why = notTheirs(actor, row, reach);
    const user = { ...row, notTheirs: why, isKept: false };
    return isKept(actor, why) ? { ...user, ...keptBack } : user;
  });
  if (earlier) users.reverse();
  return ok({
    users,
    previous: (earlier ? more : later) ? writeCursor(users.at(0)) : null,
    next: (earlier ? true : more) ? writeCursor(users.at(-1)) : null,
  });
}

const writeCursor = (user: AccountUser | undefined): string | null =>
  user ? writeNameCursor({ name: user.name, id: user.subjectId }) : null;
