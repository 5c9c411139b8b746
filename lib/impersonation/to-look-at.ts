import { and, asc, desc, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { readAtOnce } from "#db/at-once.ts";
import { clock } from "#db/client.ts";
import { preparedSelect } from "#db/prepared.ts";
import { accounts, subjects } from "#db/schema/directory.ts";
import { requests, sessions } from "#db/schema/impersonation.ts";
import { sessionReviewsDue } from "#db/schema/session-reviews.ts";
import { staff } from "#db/schema/staff.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { keyset, type PageInput, placeAt, toPage } from "#lib/kernel/keyset.ts";
import { may } from "#lib/staff/rights.ts";
import { doneSentence, readDoneIn } from "./done-in.ts";
import { scopeNow } from "./scope-now.ts";
import { isForReader } from "./session-review.ts";

const due = alias(sessionReviewsDue, "d");

/** What waits for this reader: what they were asked about, and what nobody in particular was. */
function forReader({ actor }: Ctx<StaffActor>): SQL {
  if (!may(actor, "review_sessions")) return sql`false`;
  return isForReader(actor.id);
}

const columns = {
  id: due.sessionId,
  number: sessions.number,
  scope: scopeNow,
  startedAt: sessions.startedAt,
  endedAt: sessions.endedAt,
  expiresAt: sessions.expiresAt,
  breakGlass: requests.breakGlass,
  reason: requests.reason,
  ticket: requests.ticket,
  dueAt: due.dueAt,
  actor: { id: staff.id, name: staff.name },
  subject: { name: subjects.name, lang: subjects.lang },
  account: { name: accounts.name, tier: accounts.tier },
  place: placeAt(due.since),
};

const waiting = (ctx: Ctx<StaffActor>) =>
  ctx.db
    .select(columns)
    .from(due)
    .innerJoin(sessions, eq(sessions.id, due.sessionId))
    .innerJoin(requests, eq(requests.id, sessions.requestId))
    .innerJoin(staff, eq(staff.id, sessions.actorId))
    .innerJoin(subjects, eq(subjects.id, sessions.subjectId))
    .innerJoin(accounts, eq(accounts.id, sessions.accountId));
type Waiting = Awaited<ReturnType<typeof waiting>>[number];

const withDone = (ctx: Ctx<StaffActor>, rows: Waiting[]) =>
  Promise.all(
    rows.map(async (row) => ({ ...row, done: doneSentence(await readDoneIn(ctx.db, row.id)) })),
  );

/** Sessions that wait for this reader's word, newest first. */
export async function readToLookAt(ctx: Ctx<StaffActor>, input: PageInput, limit = 30) {
  const from = keyset(due.since, due.sessionId, input);
  const rows = await waiting(ctx)
    .where(and(isNull(due.reviewedAt), forReader(ctx), from.where))
    .orderBy(...from.orderBy)
    .limit(limit + 1);
  const page = toPage(rows, limit, from);
  return { ...page, rows: await withDone(ctx, page.rows), at: await clock(ctx.db) };
}

/** How many wait for a reader, at most 100: for most pages of most readers none. */
const howMany = preparedSelect(
  "to_look_at",
  { all: sql<number>`count(*)::integer`, at: sql<string>`clock_timestamp()` },
  (builder, columns) =>
    builder.select(columns).from(
      builder
        .select({ id: due.sessionId })
        .from(due)
        .where(and(isNull(due.reviewedAt), isForReader(sql.placeholder("reader"))))
        .limit(100)
        .as("waits"),
    ),
);

/** The first of them for the top of a page, break-glass before all others, and how many there are (at most 100). */
export async function readFirstToLookAt(ctx: Ctx<StaffActor>, limit = 3) {
  const [found] = may(ctx.actor, "review_sessions")
    ? await readAtOnce(ctx, howMany.part({ reader: ctx.actor.id }))
    : [];
  if (!found || found.all === 0) return { rows: [], all: 0, at: null };
  const open = and(isNull(due.reviewedAt), forReader(ctx));
  const glass = await waiting(ctx)
    .where(and(isNotNull(due.dueAt), open))
    .orderBy(asc(due.dueAt), desc(due.since), desc(due.sessionId))
    .limit(limit);
  // By an index in its order, so that it ends with the first who may: to ask who may of all of them takes long.
  const others = await waiting(ctx)
    .where(and(isNull(due.dueAt), open))
    .orderBy(desc(due.since), desc(due.sessionId))
    .limit(limit - glass.length);
  const rows = [...glass, ...others];
  return { rows: await withDone(ctx, rows), all: found.all, at: new Date(found.at) };
}
export type ToLookAt = Awaited<ReturnType<typeof readFirstToLookAt>>["rows"][number];
