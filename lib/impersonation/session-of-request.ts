import { and, eq } from "drizzle-orm";
import { clock } from "#db/client.ts";
import { sessions } from "#db/schema/impersonation.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { endedByTime } from "./rules.ts";

/** The session that this actor's request was used for, and whether it lives; null where none was started. */
export async function readSessionOfRequest(ctx: Ctx<StaffActor>, requestId: string) {
  const [row] = await ctx.db
    .select({
      id: sessions.id,
      number: sessions.number,
      startedAt: sessions.startedAt,
      expiresAt: sessions.expiresAt,
      lastActiveAt: sessions.lastActiveAt,
      idleMinutes: sessions.idleMinutes,
      endedAt: sessions.endedAt,
    })
    .from(sessions)
    .where(and(eq(sessions.requestId, requestId), eq(sessions.actorId, ctx.actor.id)));
  if (!row) return null;
  const isLive = !row.endedAt && !endedByTime(row, await clock(ctx.db));
  return { id: row.id, number: row.number, isLive };
}
