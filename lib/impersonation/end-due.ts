import { and, eq, isNull } from "drizzle-orm";
import { transaction } from "#db/client.ts";
import { sessions } from "#db/schema/impersonation.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { endIfDueIn } from "./end.ts";
import { dueCause, readOpen } from "./lock.ts";

/**
 * The worker's part: puts endings by time, idleness and policy on record. Nothing waits for it: a session that is
 * over is over without its entry. Looks at `batch` sessions by one query; one that cannot be ended does not keep the
 * others from their end. Gives how many ended. @throws the first failure, after the rest.
 */
export async function endDue(ctx: Ctx, batch = 500): Promise<number> {
  const failures: unknown[] = [];
  let ended = 0;
  for (let after: string | null = null; ; ) {
    const open = await readOpen(ctx.db, after, batch);
    for (const { session, at } of open) {
      if (!dueCause(session, at)) continue;
      await endUnlessHeld(ctx, session.id).then(
        (did) => (ended += Number(did)),
        (error: unknown) => failures.push(error),
      );
    }
    after = open.at(-1)?.session.id ?? null;
    if (open.length < batch) break;
  }
  if (failures.length > 0) throw failures[0];
  return ended;
}

/** What another worker or a request is at is left to it, so that workers share the work. */
const endUnlessHeld = (ctx: Ctx, id: string): Promise<boolean> =>
  transaction(ctx.db, async (tx) => {
    const [free] = await tx
      .select({ id: sessions.id })
      .from(sessions)
      .where(and(eq(sessions.id, id), isNull(sessions.endedAt)))
      .for("update", { skipLocked: true });
    return free !== undefined && (await endIfDueIn(tx, ctx, id)) !== null;
  });
