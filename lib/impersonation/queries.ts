import { and, asc, desc, eq, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { clock, type Reader } from "#db/client.ts";
import { accounts, products, subjects } from "#db/schema/directory.ts";
import { actions, approvals, requests, sessions } from "#db/schema/impersonation.ts";
import { staff } from "#db/schema/staff.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { keyset, type PageInput, placeAt, toPage } from "#lib/kernel/keyset.ts";
import { type Permission, reach } from "#lib/staff/rights.ts";
import { endedByTime, idleAt } from "./rules.ts";

const actor = alias(staff, "actor");
const ender = alias(staff, "ender");

const columns = {
  id: sessions.id,
  number: sessions.number,
  scope: sessions.scope,
  minutes: sessions.minutes,
  idleMinutes: sessions.idleMinutes,
  policyVersion: sessions.policyVersion,
  startedAt: sessions.startedAt,
  expiresAt: sessions.expiresAt,
  lastActiveAt: sessions.lastActiveAt,
  endedAt: sessions.endedAt,
  endCause: sessions.endCause,
  endComment: sessions.endComment,
  endedBy: { id: ender.id, name: ender.name },
  actor: { id: actor.id, name: actor.name, team: actor.team },
  subject: {
    id: subjects.id,
    externalId: subjects.externalId,
    name: subjects.name,
    lang: subjects.lang,
    isOwner: subjects.isOwner,
  },
  account: {
    id: accounts.id,
    externalId: accounts.externalId,
    name: accounts.name,
    tier: accounts.tier,
    stance: accounts.stance,
  },
  product: {
    id: products.id,
    name: products.name,
    origin: products.origin,
    environment: products.environment,
    initiateLoginUri: products.initiateLoginUri,
  },
  request: {
    id: requests.id,
    number: requests.number,
    reason: requests.reason,
    reasonCategory: requests.reasonCategory,
    lawfulBasis: requests.lawfulBasis,
    callerCheck: requests.callerCheck,
    ticket: requests.ticket,
    minutes: requests.minutes,
    grantedMinutes: requests.grantedMinutes,
    approvalsNeeded: requests.approvalsNeeded,
    sensitiveBecause: requests.sensitiveBecause,
    createdAt: requests.createdAt,
    returnPath: requests.returnPath,
    targetLinkUri: requests.targetLinkUri,
  },
  approvedBy: sql<
    string[]
  >`coalesce((select array_agg(s.name order by v.created_at) from ${approvals} v
    join ${staff} s on s.id = v.approver_id where v.request_id = ${requests.id} and v.vote = 'approve'), '{}')`,
  reads:
    sql<number>`(select count(*) from ${actions} a where a.session_id = ${sessions.id} and a.phase = 'view')`.mapWith(
      Number,
    ),
  writes:
    sql<number>`(select count(*) from ${actions} a where a.session_id = ${sessions.id} and a.phase = 'attempt')`.mapWith(
      Number,
    ),
  refusals:
    sql<number>`(select count(*) from ${actions} a where a.session_id = ${sessions.id} and a.phase = 'refused')`.mapWith(
      Number,
    ),
  place: placeAt(sessions.startedAt),
};

const query = (db: Reader) =>
  db
    .select(columns)
    .from(sessions)
    .innerJoin(requests, eq(requests.id, sessions.requestId))
    .innerJoin(actor, eq(actor.id, sessions.actorId))
    .innerJoin(subjects, eq(subjects.id, sessions.subjectId))
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .innerJoin(products, eq(products.id, sessions.productId))
    .leftJoin(ender, eq(ender.id, sessions.endedBy));

export type SessionView = Awaited<ReturnType<typeof query>>[number];

/** Which sessions this reader may see: own, those of the own team, or all (DESIGN §2). */
function visible(ctx: Ctx<StaffActor>, permission: Permission): SQL | undefined {
  const far = reach(ctx.actor, permission);
  switch (far) {
    case "all":
      return undefined;
    case "team":
      return sql`(${actor.team} = ${ctx.actor.team} or ${sessions.actorId} = ${ctx.actor.id})`;
    case "own":
      return eq(sessions.actorId, ctx.actor.id);
    case "none":
      return sql`false`;
  }
}

/** The actor's own live session, for the strip and for Start; null once time has ended it, written down or not. */
export async function readOwnLive(ctx: Ctx<StaffActor>) {
  const [row] = await query(ctx.db).where(
    and(eq(sessions.actorId, ctx.actor.id), isNull(sessions.endedAt)),
  );
  if (!row) return null;
  const at = await clock(ctx.db);
  return endedByTime(row, at) ? null : { ...row, at, idleAt: idleAt(row) };
}

/** Live sessions that this reader may see, soonest end last, each with what happens in it now. */
export async function readLive(ctx: Ctx<StaffActor>) {
  const rows = await query(ctx.db)
    .where(and(isNull(sessions.endedAt), visible(ctx, "see_live")))
    .orderBy(desc(sessions.expiresAt), desc(sessions.id))
    .limit(200);
  const at = await clock(ctx.db);
  const live = rows.filter((row) => !endedByTime(row, at));
  const latest = live.length
    ? await ctx.db
        .selectDistinctOn([actions.sessionId], {
          sessionId: actions.sessionId,
          method: actions.method,
          route: actions.route,
          resource: actions.resource,
          phase: actions.phase,
          effect: actions.effect,
          at: actions.happenedAt,
        })
        .from(actions)
        .where(
          inArray(
            actions.sessionId,
            live.map((row) => row.id),
          ),
        )
        .orderBy(actions.sessionId, desc(actions.happenedAt), desc(actions.seq))
    : [];
  return {
    at,
    rows: live.map((row) => ({
      ...row,
      now: latest.find((action) => action.sessionId === row.id) ?? null,
    })),
  };
}

/** How many sessions this reader would see in the live list. */
export async function countLive(ctx: Ctx<StaffActor>): Promise<number> {
  const [row] = await ctx.db
    .select({ n: sql<number>`count(*)` })
    .from(sessions)
    .innerJoin(actor, eq(actor.id, sessions.actorId))
    .where(
      and(
        isNull(sessions.endedAt),
        sql`${sessions.expiresAt} > clock_timestamp()`,
        visible(ctx, "see_live"),
      ),
    );
  return Number(row?.n ?? 0);
}

export type PastFilter = { actorId?: string; subjectId?: string; accountId?: string };

/** Past sessions that this reader may see, newest first. */
export async function readPast(
  ctx: Ctx<StaffActor>,
  filter: PastFilter,
  input: PageInput,
  limit = 30,
) {
  const from = keyset(sessions.startedAt, sessions.id, input);
  const rows = await query(ctx.db)
    .where(
      and(
        isNotNull(sessions.endedAt),
        visible(ctx, "read_audit"),
        filter.actorId ? eq(sessions.actorId, filter.actorId) : undefined,
        filter.subjectId ? eq(sessions.subjectId, filter.subjectId) : undefined,
        filter.accountId ? eq(sessions.accountId, filter.accountId) : undefined,
        from.where,
      ),
    )
    .orderBy(...from.orderBy)
    .limit(limit + 1);
  return toPage(rows, limit, from);
}

/**
 * One session with its timeline (at most 2,000 actions), for its actor and for whoever reads that audit; a live one
 * also for whoever sees live sessions. Null for others.
 */
export async function readSessionPage(ctx: Ctx<StaffActor>, id: string) {
  const [row] = await query(ctx.db).where(and(eq(sessions.id, id), visible(ctx, "read_audit")));
  const [live] = row
    ? [row]
    : await query(ctx.db).where(
        and(eq(sessions.id, id), isNull(sessions.endedAt), visible(ctx, "see_live")),
      );
  if (!live) return null;
  const timeline = await ctx.db
    .select({
      id: actions.id,
      seq: actions.seq,
      phase: actions.phase,
      effect: actions.effect,
      method: actions.method,
      route: actions.route,
      resource: actions.resource,
      kinds: actions.kinds,
      changes: actions.changes,
      refusal: actions.refusal,
      status: actions.status,
      at: actions.happenedAt,
      doneAt: actions.doneAt,
    })
    .from(actions)
    .where(eq(actions.sessionId, id))
    .orderBy(asc(actions.happenedAt), asc(actions.seq))
    .limit(2000);
  const at = await clock(ctx.db);
  return { ...live, timeline, at, overdue: live.endedAt ? null : endedByTime(live, at) };
}
