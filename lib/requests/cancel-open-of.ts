import { and, eq, inArray } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { requests } from "#db/schema/impersonation.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { requestNumber } from "#lib/kernel/ids.ts";
import { about, type LockedRequest, lockRequest } from "./lock.ts";
import { canMove, statusAt } from "./rules.ts";

/**
 * Cancels whatever somebody asked that has not started, for a reason that is none of theirs, each with its entry. Its
 * caller has authorised it, and seen to it that nothing more is asked. Gives how many were cancelled.
 */
export async function cancelOpenOf(
  ctx: Ctx<StaffActor>,
  actorId: string,
  because: string,
): Promise<number> {
  const open = await ctx.db
    .select({ id: requests.id })
    .from(requests)
    .where(and(eq(requests.actorId, actorId), inArray(requests.status, ["pending", "granted"])));
  let cancelled = 0;
  for (const { id } of open) if (await cancelOne(ctx, id, because)) cancelled += 1;
  return cancelled;
}

/** One request a transaction. */
async function cancelOne(ctx: Ctx<StaffActor>, id: string, because: string): Promise<boolean> {
  const done = await transact(ctx, { event: "request.refused", requestId: id }, (tx) =>
    cancelFor(tx, ctx, id, () => because),
  );
  return done.ok && done.value;
}

/** The same in a transaction, locked as a start locks it. False where it has lapsed or was decided meanwhile. */
export async function cancelFor(
  tx: Transaction,
  ctx: Ctx,
  id: string,
  because: (request: LockedRequest) => string,
): Promise<boolean> {
  const { request, at } = await lockRequest(tx, id);
  if (statusAt(request, at) === "lapsed" || !canMove(request.status, "cancelled")) return false;
  const closedEntryId = await recordAudit(tx, ctx, {
    event: "request.cancelled",
    ...about(request),
    body: {
      what: `${requestNumber(request.number)} cancelled: ${because(request)}`,
      asked_by: request.actorName,
      subject: request.subjectName,
      account: request.accountName,
    },
  });
  await tx
    .update(requests)
    .set({ status: "cancelled", closedAt: at, closedEntryId })
    .where(eq(requests.id, request.id));
  return true;
}
