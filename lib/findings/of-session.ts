import { and, eq } from "drizzle-orm";
import { findingSessions, findings } from "#db/schema/findings.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { visible } from "./visible.ts";

/** The finding that looking closer at a session raised; null for who may not see it. */
export async function readCloserOf(
  ctx: Ctx<StaffActor>,
  sessionId: string,
): Promise<number | null> {
  const [row] = await ctx.db
    .select({ number: findings.number })
    .from(findingSessions)
    .innerJoin(findings, eq(findings.id, findingSessions.findingId))
    .where(
      and(
        eq(findingSessions.sessionId, sessionId),
        eq(findings.detector, "look_closer"),
        await visible(ctx),
      ),
    );
  return row?.number ?? null;
}
