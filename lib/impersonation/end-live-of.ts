import { and, eq, isNull } from "drizzle-orm";
import { sessions } from "#db/schema/impersonation.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { endIfDue } from "./end.ts";

/**
 * Writes down the end of what this person has live, where it is over because they may stand in, or act, no longer. It is
 * over already: an ending that cannot be written now is left to the worker. Gives how many were ended.
 */
export async function endLiveOf(ctx: Ctx, actorId: string): Promise<number> {
  const live = await ctx.db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.actorId, actorId), isNull(sessions.endedAt)));
  let ended = 0;
  for (const { id } of live) if (await endIfDue(ctx, id)) ended += 1;
  return ended;
}
