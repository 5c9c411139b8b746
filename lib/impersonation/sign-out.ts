import { and, eq, isNull } from "drizzle-orm";
import { sessions } from "#db/schema/impersonation.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { endIfDue } from "./end.ts";

/** Ends the live session that an ended sign-in had started, at once rather than at its next request. */
export async function endAfterSignOut(ctx: Ctx, signInId: string): Promise<void> {
  const live = await ctx.db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.signInId, signInId), isNull(sessions.endedAt)));
  for (const { id } of live) await endIfDue(ctx, id);
}
