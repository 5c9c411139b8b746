import { isNull } from "drizzle-orm";
import { sessions } from "#db/schema/impersonation.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { endIfDue } from "./end.ts";
import { dueCause, readSession } from "./lock.ts";

/**
 * The worker's part: puts endings by time, idleness and policy on record. Nothing waits for it: a session that is
 * over is over without its entry. There is one live session per actor, so the list is short. Gives how many ended.
 */
export async function endDue(ctx: Ctx): Promise<number> {
  const open = await ctx.db
    .select({ id: sessions.id })
    .from(sessions)
    .where(isNull(sessions.endedAt));
  let ended = 0;
  for (const { id } of open) {
    const read = await readSession(ctx.db, id);
    if (read && dueCause(read.session, read.at) && (await endIfDue(ctx, id))) ended += 1;
  }
  return ended;
}
