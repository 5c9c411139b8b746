import { eq } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { requests } from "#db/schema/impersonation.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { requestNumber } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { about, lockRequest } from "./lock.ts";
import { canMove, statusAt } from "./rules.ts";

/** The actor takes a request back that has not started. Refuses with `not_found`, `lapsed`, `not_pending`. */
export const cancel = (
  ctx: Ctx<StaffActor>,
  input: { requestId: string },
): Promise<Result<{ requestId: string }>> =>
  transact(ctx, { event: "request.refused", requestId: input.requestId }, (tx) =>
    cancelIn(tx, ctx, input.requestId),
  );

/** The same inside a transaction. */
export async function cancelIn(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  requestId: string,
): Promise<{ requestId: string }> {
  const { request, at } = await lockRequest(tx, requestId);
  if (request.actorId !== ctx.actor.id) refuse("not_found", "Nothing here that you may see.");
  if (statusAt(request, at) === "lapsed") refuse("lapsed", "The request had lapsed before.");
  if (!canMove(request.status, "cancelled"))
    refuse("not_pending", "The request is closed already, so there is nothing to cancel.");
  const closedEntryId = await recordAudit(tx, ctx, {
    event: "request.cancelled",
    ...about(request),
    body: {
      what: `${requestNumber(request.number)} cancelled`,
      subject: request.subjectName,
      account: request.accountName,
    },
  });
  await tx
    .update(requests)
    .set({ status: "cancelled", closedAt: at, closedEntryId })
    .where(eq(requests.id, request.id));
  return { requestId: request.id };
}
