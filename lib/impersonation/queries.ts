import { and, desc, eq, inArray, isNotNull, isNull, not, or, type SQL, sql } from "drizzle-orm";
import { clock } from "#db/client.ts";
import { actions, requests, sessions } from "#db/schema/impersonation.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { keyset, type PageInput, toPage } from "#lib/kernel/keyset.ts";
import { may } from "#lib/staff/rights.ts";
import type { Scope, Tier } from "#lib/vocabulary.ts";
import { readDeeds } from "./deeds.ts";
import { endedByTime, idleAt } from "./rules.ts";
import { askedToReview } from "./session-review.ts";
import { actor, sampledFor, sessionViews, visible } from "./session-view.ts";

/** The actor's own live session, for the strip and for Start; null once time has ended it, written down or not. */
export async function readOwnLive(ctx: Ctx<StaffActor>) {
  const [row] = await sessionViews(ctx.db).where(
    and(eq(sessions.actorId, ctx.actor.id), isNull(sessions.endedAt)),
  );
  if (!row) return null;
  const at = await clock(ctx.db);
  return endedByTime(row, at) ? null : { ...row, at, idleAt: idleAt(row) };
}

/** One of the actor's own sessions, whether it lives or not; null for anybody else's. */
export async function readOwn(ctx: Ctx<StaffActor>, id: string) {
  const [row] = await sessionViews(ctx.db).where(
    and(eq(sessions.id, id), eq(sessions.actorId, ctx.actor.id)),
  );
  if (!row) return null;
  const at = await clock(ctx.db);
  return { ...row, isOver: row.endedAt !== null || endedByTime(row, at) !== null };
}
export type OwnSession = NonNullable<Awaited<ReturnType<typeof readOwn>>>;

/** Live sessions that this reader may see, soonest end last, each with what happens in it now. */
export async function readLive(ctx: Ctx<StaffActor>) {
  const rows = await sessionViews(ctx.db)
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

export type PastFilter = {
  actorId?: string;
  subjectId?: string;
  accountId?: string;
  /** Began on these days, both included, of the zone (UTC). */
  from?: string;
  to?: string;
  zone?: string;
  tier?: Tier;
  scope?: Scope;
  /** Began in this hour of its actor's own day, of an ISO weekday (Monday is 1). */
  weekday?: number;
  hour?: number;
};

/** Past sessions that this reader may see, newest first. */
export async function readPast(
  ctx: Ctx<StaffActor>,
  filter: PastFilter,
  input: PageInput,
  limit = 30,
) {
  const from = keyset(sessions.startedAt, sessions.id, input);
  const rows = await sessionViews(ctx.db)
    .where(
      and(
        isNotNull(sessions.endedAt),
        visible(ctx, "read_audit"),
        filter.actorId ? eq(sessions.actorId, filter.actorId) : undefined,
        filter.subjectId ? eq(sessions.subjectId, filter.subjectId) : undefined,
        filter.accountId ? eq(sessions.accountId, filter.accountId) : undefined,
        began(filter),
        from.where,
      ),
    )
    .orderBy(...from.orderBy)
    .limit(limit + 1);
  return toPage(rows, limit, from);
}

/** What the figures count by: day, scope, the tier that was frozen when it was asked, and the hour of the actor's day. */
function began({
  from,
  to,
  zone = "UTC",
  tier,
  scope,
  weekday,
  hour,
}: PastFilter): SQL | undefined {
  const day = (text: string, later: number) =>
    sql`(select day_begins(${text}::date + ${later}::integer, ${zone}))`;
  const isTier = (name: Tier) => sql`${name} = any(${requests.sensitiveBecause})`;
  const local = sql`(${sessions.startedAt} at time zone known_zone(${actor.zone}))`;
  return and(
    from ? sql`${sessions.startedAt} >= ${day(from, 0)}` : undefined,
    to ? sql`${sessions.startedAt} < ${day(to, 1)}` : undefined,
    scope ? eq(sessions.scope, scope) : undefined,
    tier === "regulated" ? isTier("regulated") : undefined,
    tier === "enterprise" ? and(isTier("enterprise"), not(isTier("regulated"))) : undefined,
    tier === "standard"
      ? not(or(isTier("enterprise"), isTier("regulated")) ?? sql`false`)
      : undefined,
    weekday ? sql`extract(isodow from ${local}) = ${weekday}` : undefined,
    hour === undefined ? undefined : sql`extract(hour from ${local}) = ${hour}`,
  );
}

/**
 * One session with its timeline (at most 2,000 actions), for its actor, for whoever reads that audit and for who is asked
 * to look at it; a live one also for whoever sees live sessions. Null for others.
 */
export async function readSessionPage(ctx: Ctx<StaffActor>, id: string) {
  const mine = visible(ctx, "read_audit");
  // Who was asked and has lost the role since looks at nothing any more.
  const asked = may(ctx.actor, "review_sessions") ? askedToReview(ctx.actor.id) : undefined;
  const [row] = await sessionViews(ctx.db).where(
    and(eq(sessions.id, id), mine && or(mine, sampledFor(ctx.actor.id), asked)),
  );
  const [live] = row
    ? [row]
    : await sessionViews(ctx.db).where(
        and(eq(sessions.id, id), isNull(sessions.endedAt), visible(ctx, "see_live")),
      );
  if (!live) return null;
  const timeline = await readDeeds(ctx.db, id, 2000);
  const at = await clock(ctx.db);
  return { ...live, timeline, at, overdue: live.endedAt ? null : endedByTime(live, at) };
}
