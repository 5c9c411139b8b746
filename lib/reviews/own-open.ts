import { readAtOnce } from "#db/at-once.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";

const ownOpen = preparedStatement<{ open: number }>(
  "reviews_own_open",
  `select count(*)::integer as open from review_items i join campaigns c on c.id = i.campaign_id
    where i.reviewer_id = $1::uuid and i.decision is null and i.ended_at is null and c.status = 'open' and grant_held(i.grant_id)
      and not exists (select 1 from review_exceptions x where x.item_id = i.id)`,
);

/** How many items of open reviews wait for this reader; the navigation counts it on every page. */
export async function readOwnOpen(ctx: Ctx<StaffActor>): Promise<number> {
  const [row] = await readAtOnce(ctx, ownOpen.part(ctx.actor.id));
  return row?.open ?? 0;
}
