import { transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { ring } from "./rings.ts";

/**
 * Rings pending requests that never rang: asked by a version that rang nobody, or whose rings were lost. A part of the
 * worker's round; any number of workers take turns. Goes on past what fails, so that nobody waits behind it. Gives how many
 * it rang, `limit` at most.
 * @throws what went wrong with one, once all others were looked at.
 */
export async function ringLost(ctx: Ctx, limit = 100): Promise<number> {
  const faults: unknown[] = [];
  let rang = 0;
  let last: Lost | undefined;
  do {
    const page = await lost(ctx.db, last?.askedAt ?? "-infinity", last?.id ?? nilId, limit);
    for (const { id } of page) {
      if (rang >= limit) break;
      rang += await ringOne(ctx, id).catch((fault: unknown) => {
        faults.push(fault);
        return 0;
      });
    }
    last = page.at(-1);
  } while (last && rang < limit);
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

type Lost = { id: string; askedAt: string };
const nilId = "00000000-0000-0000-0000-000000000000";
// The time as text: a Date has no microseconds, and would meet the same request again.
const lost = preparedStatement<Lost>(
  "rings_lost",
  `select r.id, r.created_at::text as "askedAt" from requests r
    where r.status = 'pending' and r.lapses_at > clock_timestamp() and (r.created_at, r.id) > ($1::timestamptz, $2::uuid)
      and not exists (select from request_rings g where g.request_id = r.id)
    order by r.created_at, r.id limit $3::integer`,
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
