import { eq, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Reader, Transaction } from "#db/client.ts";
import { preparedSelect, preparedStatement } from "#db/prepared.ts";
import { accounts, products, subjects } from "#db/schema/directory.ts";
import { globalStops, requests, sessions } from "#db/schema/impersonation.ts";
import { staff, staffSignIns } from "#db/schema/staff.ts";
import { signInOver } from "#lib/staff/rules.ts";
import type { EndCause } from "#lib/vocabulary.ts";
import { endedByPolicy, endedByTime } from "./rules.ts";
import { scopeNow } from "./scope-now.ts";

/** A session with the names and facts that its rules and entries need. */
const columns = {
  id: sessions.id,
  number: sessions.number,
  requestId: sessions.requestId,
  actorId: sessions.actorId,
  actorName: staff.name,
  actorStatus: staff.status,
  subjectId: sessions.subjectId,
  subjectName: subjects.name,
  accountId: sessions.accountId,
  accountName: accounts.name,
  productId: sessions.productId,
  productName: products.name,
  scope: scopeNow,
  minutes: sessions.minutes,
  idleMinutes: sessions.idleMinutes,
  startedAt: sessions.startedAt,
  expiresAt: sessions.expiresAt,
  lastActiveAt: sessions.lastActiveAt,
  endedAt: sessions.endedAt,
  endCause: sessions.endCause,
  ticket: requests.ticket,
  reasonCategory: requests.reasonCategory,
  returnPath: requests.returnPath,
  signInId: sessions.signInId,
  breakGlass: requests.breakGlass,
  signInCreatedAt: staffSignIns.createdAt,
  signInLastActiveAt: staffSignIns.lastActiveAt,
  signInEndedAt: staffSignIns.endedAt,
  /** Whether the actor may still do what this session is for. */
  actorIsAgent: sql<boolean>`exists (select 1 from roles_held
    where staff_id = ${sessions.actorId} and role = 'agent' and (${scopeNow} = 'read' or not looking_only))`,
  subjectRefusal: sql<string | null>`(select refusal from subject_standing
    where subject_standing.id = ${sessions.subjectId})`,
  /** Whether it rests on less than its subject wants by now; not looked into where nothing is more than was asked for. */
  isOutgrown: sql<boolean>`coalesce((select case when t.sensitive_because <@ ${requests.sensitiveBecause} then false
    else outgrown(requests, t.sensitive_because, t.terms_version) end
    from subject_standing t where t.id = ${sessions.subjectId}), false)`,
  isOutOfReach: sql<boolean>`coalesce((select is_out from subject_reach
    where subject_reach.actor_id = ${sessions.actorId} and subject_reach.subject_id = ${sessions.subjectId}), false)`,
  globalStop: sql<boolean>`exists (select 1 from ${globalStops} where ${globalStops.liftedAt} is null)`,
};

/**
 * Reads a session by `id`, or those of `which`, with more columns of what they are joined to, and the time at which
 * each was read: the clock is asked after the row, and where a lock is held, after that.
 */
export const sessionSelect = <More extends Record<string, PgColumn | SQL>>(
  name: string,
  more: More,
  which: SQL = eq(sessions.id, sql.placeholder("id")),
) =>
  preparedSelect(
    name,
    { ...columns, ...more, at: sql<string>`clock_timestamp()` },
    (builder, all) =>
      builder
        .select(all)
        .from(sessions)
        .innerJoin(requests, eq(requests.id, sessions.requestId))
        .innerJoin(staff, eq(staff.id, sessions.actorId))
        .innerJoin(subjects, eq(subjects.id, sessions.subjectId))
        .innerJoin(accounts, eq(accounts.id, sessions.accountId))
        .innerJoin(products, eq(products.id, sessions.productId))
        .innerJoin(staffSignIns, eq(staffSignIns.id, sessions.signInId))
        .where(which)
        .orderBy(sessions.id),
  );

const select = sessionSelect("session", {});
const selectOpen = sessionSelect(
  "open_sessions",
  {},
  sql`${sessions.id} in (select id from sessions where ended_at is null and id > ${sql.placeholder("after")}
    order by id limit ${sql.placeholder("limit")})`,
);

const lock = {
  update: preparedStatement("session_for_update", "select from sessions where id = $1 for update"),
  share: preparedStatement("session_for_share", "select from sessions where id = $1 for share"),
};

const liveOf = preparedStatement<{ id: string }>(
  "live_for_update",
  "select id from sessions where actor_id = $1 and ended_at is null for update",
);

/** An end takes the row for update; an attempt shares it: the order of entries is the truth (DESIGN §3). */
export async function lockSession(tx: Transaction, id: string, strength: "update" | "share") {
  await lock[strength](tx, id);
  // Another statement, so that it sees what was committed while we waited.
  return readSession(tx, id);
}

export async function lockLiveOf(tx: Transaction, actorId: string) {
  const [row] = await liveOf(tx, actorId);
  return row ? lockSession(tx, row.id, "update") : null;
}

export async function readSession(tx: Reader, id: string) {
  const [row] = await select(tx, { id });
  if (!row) return null;
  const { at, ...session } = row;
  return { session, at: new Date(at) };
}

const first = "00000000-0000-0000-0000-000000000000";

/** Those that nobody has ended, in the order of their ids, `limit` after the one given, each with when it was read. */
export async function readOpen(tx: Reader, after: string | null, limit: number) {
  const rows = await selectOpen(tx, { after: after ?? first, limit });
  return rows.map(({ at, ...session }) => ({ session, at: new Date(at) }));
}

export type LockedSession = NonNullable<Awaited<ReturnType<typeof readSession>>>["session"];

/** Why the session is over at `at` though nobody has written it down yet; null while it lives or once it has ended. */
export function dueCause(session: LockedSession, at: Date): EndCause | null {
  if (session.endedAt) return null;
  return (
    endedByTime(session, at) ??
    endedByPolicy({
      actorActive: session.actorStatus === "active",
      actorIsAgent: session.actorIsAgent,
      signInOpen: isSignInOpen(session, at),
      globalStop: session.globalStop,
      subjectRefusal:
        session.subjectRefusal === null
          ? null
          : session.subjectRefusal === "closed"
            ? "closed"
            : "other",
      isOutOfReach: session.isOutOfReach,
      isOutgrown: session.isOutgrown,
    })
  );
}

/** Work in the product is use of the sign-in too. The sign-in's other sessions were over before this one began. */
function isSignInOpen(session: LockedSession, at: Date): boolean {
  const lastActive = Math.max(session.signInLastActiveAt.getTime(), session.lastActiveAt.getTime());
  const facts = { createdAt: session.signInCreatedAt, endedAt: session.signInEndedAt };
  return signInOver({ ...facts, lastActiveAt: new Date(lastActive) }, at) === null;
}

/** What every entry about a session carries. */
export const about = (
  session: Pick<LockedSession, "id" | "accountId" | "actorId" | "subjectId" | "requestId">,
) => ({
  accountId: session.accountId,
  actorId: session.actorId,
  subjectId: session.subjectId,
  sessionId: session.id,
  requestId: session.requestId,
});
