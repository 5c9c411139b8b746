import { and, eq, isNull, sql } from "drizzle-orm";
import { requests, sessions } from "#db/schema/impersonation.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { reach } from "#lib/staff/rights.ts";

export type Pulse = { queue: string; live: string; own: string | null; request: string | null };

/**
 * Words that change when what a page shows has changed: the page polls this and reads itself anew only then. What
 * time alone changes (a lapse, an end) counts too, whether or not it was written down.
 */
export async function readPulse(ctx: Ctx<StaffActor>, requestId: string | null): Promise<Pulse> {
  const mine = eq(requests.actorId, ctx.actor.id);
  const [queue] = await ctx.db
    .select({
      word: sql<string>`coalesce(md5(string_agg(${requests.id}::text, ',' order by ${requests.id})), '')`,
    })
    .from(requests)
    .where(
      and(
        eq(requests.status, "pending"),
        sql`${requests.lapsesAt} > clock_timestamp()`,
        reach(ctx.actor, "see_queue") === "all" ? undefined : mine,
      ),
    );
  const far = reach(ctx.actor, "see_live");
  const [live] = await ctx.db
    .select({
      word: sql<string>`coalesce(md5(string_agg(${sessions.id}::text, ',' order by ${sessions.id})), '')`,
      own: sql<
        string | null
      >`max(${sessions.id}::text) filter (where ${sessions.actorId} = ${ctx.actor.id})`,
    })
    .from(sessions)
    .where(
      and(
        isNull(sessions.endedAt),
        sql`least(${sessions.expiresAt}, ${sessions.lastActiveAt} + make_interval(mins => ${sessions.idleMinutes})) > clock_timestamp()`,
        far === "all" ? undefined : eq(sessions.actorId, ctx.actor.id),
      ),
    );
  const [request] = requestId
    ? await ctx.db
        .select({
          word: sql<string>`${requests.status} || (clock_timestamp() >= coalesce(${requests.startBy}, ${requests.lapsesAt}))::text || (select count(*) from approvals v where v.request_id = ${requests.id})`,
        })
        .from(requests)
        .where(
          and(
            eq(requests.id, requestId),
            reach(ctx.actor, "see_queue") === "all" ? undefined : mine,
          ),
        )
    : [];
  return {
    queue: queue?.word ?? "",
    live: live?.word ?? "",
    own: live?.own ?? null,
    request: request?.word ?? null,
  };
}
