import { transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { ring } from "./rings.ts";

/**
 * Rings pending requests that never rang: asked by a version that rang nobody, or whose rings were lost. A part of the
 * worker's round; any number of workers take turns. Gives how many it rang, `limit` at most.
 * @throws what went wrong with one, once all others were looked at.
 */
export async function ringLost(ctx: Ctx, limit = 100): Promise<number> {
  const ids = (await lost(ctx.db, limit)).map(({ id }) => id);
  const faults: unknown[] = [];
  let rang = 0;
  for (const id of ids)
    rang += await ringOne(ctx, id).catch((fault: unknown) => {
      faults.push(fault);
      return 0;
    });
  if (faults.length > 0) throw faults[0];
  return rang;
}

/** Another worker, or a vote, may have it at this moment: then it is none of ours. */
const ringOne = (ctx: Ctx, id: string): Promise<number> =>
  transaction(ctx.db, async (tx) => {
    if ((await held(tx, id)).length === 0) return 0;
    // Another statement, so that it sees what was rung until the request was held.
    if ((await still(tx, id)).length === 0) return 0;
    await ring(tx, ctx, id, await currentPolicy(tx));
    return 1;
  });

const lost = preparedStatement<{ id: string }>(
  "rings_lost",
  `select r.id from requests r where r.status = 'pending' and r.lapses_at > clock_timestamp()
      and not exists (select from request_rings g where g.request_id = r.id)
    order by r.created_at, r.id limit $1::integer`,
);
const held = preparedStatement<{ id: string }>(
  "ring_lost_hold",
  "select id from requests where id = $1::uuid and status = 'pending' for update skip locked",
);
const still = preparedStatement<{ id: string }>(
  "ring_lost_still",
  `select r.id from requests r where r.id = $1::uuid and r.status = 'pending'
      and not exists (select from request_rings g where g.request_id = r.id)`,
);
