import { transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { ring } from "./rings.ts";

/**
 * Rings what has become due: the later rings of pending requests, and at once where whoever was asked has left or lost the
 * role. A part of the worker's round; any number of workers take turns. Gives at how many requests it looked, `limit` at most,
 * and one that fails is none of them: nobody waits behind it.
 * @throws what went wrong with one, once all others were looked at.
 */
export async function ringDue(ctx: Ctx, limit = 500): Promise<number> {
  const failed = new Map<string, unknown>();
  let looked = 0;
  while (looked - failed.size < limit && (await ringNext(ctx, failed))) looked += 1;
  for (const fault of failed.values()) throw fault;
  return looked - failed.size;
}

/** False where nothing is due but what has failed. */
async function ringNext(ctx: Ctx, failed: Map<string, unknown>): Promise<boolean> {
  let id: string | undefined;
  try {
    return await transaction(ctx.db, async (tx) => {
      const [due] = await next(tx, [...failed.keys()]);
      if (!due) return false;
      id = due.id;
      if (due.pending) await ring(tx, ctx, due.id, await currentPolicy(tx));
      else await over(tx, due.id);
      return true;
    });
  } catch (fault) {
    if (id === undefined) throw fault;
    failed.set(id, fault);
    return true;
  }
}

// A request that somebody votes on just now is looked at in the next round: nobody is waited for.
const next = preparedStatement<{ id: string; pending: boolean }>(
  "ring_next",
  `select r.id, r.status = 'pending' and r.lapses_at > clock_timestamp() as pending
    from request_rings g join requests r on r.id = g.request_id
    where g.next_at <= clock_timestamp() and g.request_id <> all($1::uuid[])
    order by g.next_at limit 1 for update of g, r skip locked`,
);
const over = preparedStatement(
  "ring_over",
  "update request_rings set next_at = null where request_id = $1::uuid",
);
