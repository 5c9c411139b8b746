import { transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { ring } from "./rings.ts";

/**
 * Rings what has become due: the later rings of pending requests, and at once where whoever was asked has left or lost the
 * role. A part of the worker's round; any number of workers take turns. Gives at how many requests it looked, `limit` at most.
 */
export async function ringDue(ctx: Ctx, limit = 500): Promise<number> {
  let looked = 0;
  while (looked < limit && (await ringNext(ctx))) looked += 1;
  return looked;
}

const ringNext = (ctx: Ctx): Promise<boolean> =>
  transaction(ctx.db, async (tx) => {
    const [due] = await next(tx);
    if (!due) return false;
    if (due.pending) await ring(tx, ctx, due.id, await currentPolicy(tx));
    else await over(tx, due.id);
    return true;
  });

// A request that somebody votes on just now is looked at in the next round: nobody is waited for.
const next = preparedStatement<{ id: string; pending: boolean }>(
  "ring_next",
  `select r.id, r.status = 'pending' and r.lapses_at > clock_timestamp() as pending
    from request_rings g join requests r on r.id = g.request_id
    where g.next_at <= clock_timestamp()
    order by g.next_at limit 1 for update of g, r skip locked`,
);
const over = preparedStatement(
  "ring_over",
  "update request_rings set next_at = null where request_id = $1::uuid",
);
