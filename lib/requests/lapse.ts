import { and, eq, lte, or } from "drizzle-orm";
import { clock, transaction } from "#db/client.ts";
import { requests } from "#db/schema/impersonation.ts";
import { recordAudit } from "#lib/audit/record.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { requestNumber } from "#lib/kernel/ids.ts";
import { about, lockRequest } from "./lock.ts";
import { statusAt } from "./rules.ts";

/**
 * Closes requests whose time is over: the worker's part. Nothing depends on it (a late request is refused anyway),
 * it only puts the lapse on record. Gives how many it closed, at most `limit`.
 * @throws the first failure, after the rest.
 */
export async function lapseDue(ctx: Ctx, limit = 100): Promise<number> {
  const at = await clock(ctx.db);
  const due = await ctx.db
    .select({ id: requests.id })
    .from(requests)
    .where(
      or(
        and(eq(requests.status, "pending"), lte(requests.lapsesAt, at)),
        and(eq(requests.status, "granted"), lte(requests.startBy, at)),
      ),
    )
    .limit(limit);
  const failures: unknown[] = [];
  let closed = 0;
  for (const { id } of due)
    await lapse(ctx, id).then(
      (did) => (closed += Number(did)),
      (error: unknown) => failures.push(error),
    );
  if (failures.length > 0) throw failures[0];
  return closed;
}

/** Closes one overdue request with its entry; false when somebody else was first. */
const lapse = (ctx: Ctx, id: string): Promise<boolean> =>
  transaction(ctx.db, async (tx) => {
    const { request, at } = await lockRequest(tx, id);
    if (request.status === "lapsed" || statusAt(request, at) !== "lapsed") return false;
    const why =
      request.status === "pending" ? "nobody decided in time" : "it was not started in time";
    const closedEntryId = await recordAudit(tx, ctx, {
      event: "request.lapsed",
      ...about(request),
      actorId: request.actorId,
      body: {
        what: `${requestNumber(request.number)} lapsed: ${why}`,
        subject: request.subjectName,
        account: request.accountName,
      },
    });
    await tx
      .update(requests)
      .set({ status: "lapsed", closedAt: at, closedEntryId })
      .where(eq(requests.id, id));
    return true;
  });
