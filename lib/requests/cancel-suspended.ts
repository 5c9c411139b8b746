import { transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import { closeEach } from "#lib/kernel/close-each.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { cancelFor } from "./cancel-open-of.ts";

/**
 * Cancels what somebody asked before they were suspended, and what the suspending itself did not get to: its process was
 * killed between the two. Nothing of it could start; it only waited for a decision that nobody needs. A part of the worker's
 * round. Leaves a minute to whoever suspends, whose entries name them. Gives how many it cancelled, `limit` at most.
 * @throws the first failure, after the rest.
 */
export const cancelSuspended = (ctx: Ctx, limit = 100): Promise<number> =>
  closeEach(
    (last) => left(ctx.db, last.at, last.id, limit),
    (id) =>
      transaction(ctx.db, (tx) =>
        cancelFor(tx, ctx, id, ({ actorName }) => `${actorName} was suspended`),
      ),
    limit,
  );

// As `before_suspension` says, without a call for each that waits. Once true it stays so: who is let in again asks anew.
const left = preparedStatement<{ id: string; at: string }>(
  "requests_of_suspended",
  `select r.id, r.lapses_at::text as at from requests r join staff a on a.id = r.actor_id
    where r.status in ('pending', 'granted') and (r.lapses_at, r.id) > ($1::timestamptz, $2::uuid)
      and (a.deactivated_at < clock_timestamp() - interval '1 minute' or a.restored_at > r.created_at)
    order by r.lapses_at, r.id limit $3::integer`,
);
