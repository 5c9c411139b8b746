import { eq } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { requests } from "#db/schema/impersonation.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import { has, type StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { requestNumber } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { about, lockRequest } from "./lock.ts";
import { standsUntil } from "./rules.ts";

/**
 * Ends an approval that stands: its actor, or any manager. Sessions that run go on, what has not started does not. Refuses
 * with `not_found`, or `ended` where nothing stands.
 */
export const endStanding = (
  ctx: Ctx<StaffActor>,
  input: { requestId: string },
): Promise<Result<{ requestId: string }>> =>
  transact(ctx, { event: "standing.refused", requestId: input.requestId }, async (tx) => {
    const { request, at } = await lockRequest(tx, input.requestId);
    if (request.actorId !== ctx.actor.id && !has(ctx.actor, "manager"))
      refuse("not_found", "Nothing here that you may see.");
    if (request.standingEndedAt) refuse("ended", "The standing approval was ended before.");
    const until = standsUntil(request);
    if (!until || at >= until) refuse("ended", "No approval stands by this request.");
    await writeEnd(tx, ctx, { request, at });
    return { requestId: request.id };
  });

/** The end of what stands by a locked request, with its entry; `because` is why, where it is not by itself. */
export async function writeEnd(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  { request, at }: Awaited<ReturnType<typeof lockRequest>>,
  because?: string,
): Promise<void> {
  const standingEndedEntryId = await recordAudit(tx, ctx, {
    event: "standing.ended",
    ...about(request),
    body: {
      what: `The approval of ${requestNumber(request.number)} stands no longer${because ? `: ${because}` : ""}`,
      asked_by: request.actorName,
      subject: request.subjectName,
      account: request.accountName,
    },
  });
  await tx
    .update(requests)
    .set({ standingEndedAt: at, standingEndedBy: ctx.actor.id, standingEndedEntryId })
    .where(eq(requests.id, request.id));
}
