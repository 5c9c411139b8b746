import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import type { ItemParams, readItems } from "#lib/reviews/items.ts";
import { itemsAddress } from "../address.ts";
import { ItemsFilters } from "./items-filters.tsx";
import { ItemsTable } from "./items-table.tsx";

type ItemsCardProps = {
  slug: string;
  title: string;
  items: Awaited<ReturnType<typeof readItems>>;
  asked: ItemParams;
  /** To choose from; empty where the reader sees their own alone. */
  reviewers: readonly { reviewerId: string; name: string }[];
  all: boolean;
  now: Date;
  zone: string;
};

/** A page of a review's items, with the ways to narrow and to turn. */
export function ItemsCard(props: ItemsCardProps) {
  const { slug, title, items, asked, reviewers, all, now, zone } = props;
  const { state, reviewer, role } = asked;
  const filtered = Boolean(state || reviewer || role);
  const place = (more: { after?: number; before?: number }) =>
    itemsAddress(slug, { state, reviewer, role, ...more });
  return (
    <Card
      flush
      id="items"
      title={title}
      aside={<ItemsFilters slug={slug} params={asked} reviewers={reviewers} />}
      footer={
        (items.before !== null || items.after !== null) && (
          <nav className="row" aria-label="Pages of items">
            {items.before !== null && (
              <ButtonLink href={place({ before: items.before })} icon="left">
                Before
              </ButtonLink>
            )}
            {items.after !== null && (
              <ButtonLink href={place({ after: items.after })} iconAfter="right">
                Further
              </ButtonLink>
            )}
          </nav>
        )
      }
    >
      {items.rows.length === 0 ? (
        <Empty
          kind={filtered ? "no-match" : "nothing"}
          level="h3"
          title={filtered ? "No item like that" : "No items"}
          action={
            filtered && (
              <ButtonLink href={itemsAddress(slug, {})} scroll={false}>
                Show all items
              </ButtonLink>
            )
          }
        >
          {filtered ? "Nothing in this review matches." : "Nobody held a right in this period."}
        </Empty>
      ) : (
        <ItemsTable slug={slug} rows={items.rows} now={now} zone={zone} all={all} />
      )}
    </Card>
  );
}
