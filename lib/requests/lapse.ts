import { eq } from "drizzle-orm";
import { transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import { requests } from "#db/schema/impersonation.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { closeEach } from "#lib/kernel/close-each.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { requestNumber } from "#lib/kernel/ids.ts";
import { about, lockRequest } from "./lock.ts";
import { statusAt } from "./rules.ts";

/**
 * Closes requests whose time is over: the worker's part. Nothing depends on it (a late request is refused anyway),
 * it only puts the lapse on record. Goes on past what fails. Gives how many it closed, at most `limit`.
 * @throws the first failure, after the rest.
 */
export async function lapseDue(ctx: Ctx, limit = 100): Promise<number> {
  return closeEach(
    (last) => due(ctx.db, last.at, last.id, limit),
    (id) => lapse(ctx, id),
    limit,
  );
}

const due = preparedStatement<{ id: string; at: string }>(
  "requests_overdue",
  `select id, lapses_at::text as at from requests
    where status in ('pending', 'granted') and (lapses_at, id) > ($1::timestamptz, $2::uuid)
      and case status when 'pending' then lapses_at else start_by end <= clock_timestamp()
    order by lapses_at, id limit $3::integer`,
);

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
