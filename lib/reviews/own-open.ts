import { readAtOnce } from "#db/at-once.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";

export type OwnOpen = {
  /** Items of open reviews that wait for this reader's decision. */
  items: number;
  /** What they have still to do elsewhere after one, and exceptions on their account whose day is over. */
  tasks: number;
};

const ownOpen = preparedStatement<OwnOpen>(
  "reviews_own_open",
  `select
    (select count(*)::integer from undecided_items where reviewer_id = $1::uuid) as items,
    (select count(*)::integer from review_remediations r join review_items i on i.id = r.item_id
        join campaigns c on c.id = i.campaign_id
      where r.owner_id = $1::uuid and r.kind = 'outside' and c.status = 'open'
        and (r.result = 'still_possible' or r.result is null and r.done_at is null))
    + (select count(*)::integer from over_exceptions where owner_id = $1::uuid) as tasks`,
);

/** What of reviews waits for this reader; the navigation counts it on every page. */
export async function readOwnOpen(ctx: Ctx<StaffActor>): Promise<OwnOpen> {
  const [row] = await readAtOnce(ctx, ownOpen.part(ctx.actor.id));
  if (!row) throw new Error("A count has a row");
  return row;
}
