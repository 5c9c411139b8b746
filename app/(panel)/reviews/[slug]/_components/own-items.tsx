import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { readItems } from "#lib/reviews/items.ts";
import { ItemsCard } from "../../_components/items-card.tsx";

type OwnItemsProps = {
  ctx: Ctx<StaffActor>;
  campaign: { id: string; slug: string };
  now: Date;
};

/** What a reviewer came for: the items given to them, before all figures. */
export async function OwnItems({ ctx, campaign, now }: OwnItemsProps) {
  return (
    <ItemsCard
      slug={campaign.slug}
      title="Your items"
      items={await readItems(ctx, campaign.id, {})}
      asked={{}}
      reviewers={[]}
      all={false}
      now={now}
      zone={ctx.actor.zone}
    />
  );
}
