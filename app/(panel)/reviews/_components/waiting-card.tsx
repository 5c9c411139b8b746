import { number } from "#components/time-words.ts";
import { Card } from "#components/ui/card.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { Meter } from "#components/ui/meter.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import type { Campaign } from "#lib/reviews/campaigns.ts";
import type { Glance } from "#lib/reviews/reviewers-progress.ts";
import { itemsAddress, reviewPath } from "../address.ts";

type WaitingCardProps = {
  campaign: Campaign;
  reviewers: Glance;
  /** Items that nobody may decide. */
  unassigned: number;
  /** Decisions within a minute that are worth a warning. */
  rushed: number;
  /** Whether the reader may remind and hand on. */
  runs: boolean;
};

/** The few on whom a review waits most, who decided too fast, and the way to all of them. */
export function WaitingCard({ campaign, reviewers, unassigned, rushed, runs }: WaitingCardProps) {
  const { slug } = campaign;
  const open = campaign.status === "open";
  const fast = reviewers.fastest.filter(({ most }) => most >= rushed);
  return (
    <Card
      flush
      id="waiting"
      title={open ? "Waiting on" : "Reviewed by"}
      footer={
        <PlainLink href={`${reviewPath(slug)}/reviewers`}>
          {reviewers.of === 1 ? "The reviewer" : `All ${number(reviewers.of)} reviewers`}
          {open && runs && ": remind, hand on"}
        </PlainLink>
      }
    >
      <ul className="waits-on">
        {unassigned > 0 && (
          <li>
            <PlainLink href={itemsAddress(slug, { reviewer: "nobody", state: "open" })}>
              Nobody
            </PlainLink>
            <Mark icon="warn" tone="problem">
              {number(unassigned)} without a reviewer
            </Mark>
          </li>
        )}
        {fast.map(({ reviewerId, name, most }) => (
          <li key={`${reviewerId} fast`}>
            <PlainLink href={itemsAddress(slug, { reviewer: reviewerId })}>{name}</PlainLink>
            <Mark icon="warn" tone="problem">
              {number(most)} decided within a minute
            </Mark>
          </li>
        ))}
        {reviewers.first.map((one) => (
          <li key={one.reviewerId}>
            <PlainLink href={itemsAddress(slug, { reviewer: one.reviewerId })}>
              {one.name}
            </PlainLink>
            <Meter value={one.decided} max={one.toDecide} />
            <span className="num">
              {number(one.decided)} of {number(one.toDecide)}
              <Left {...one} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

type LeftProps = { able: boolean; deactivated: boolean; open: number; late: number };

function Left({ able, deactivated, open, late }: LeftProps) {
  if (!able && open > 0)
    return (
      <strong className="text-problem">
        , {deactivated ? "is deactivated" : "lost the role"}: hand on
      </strong>
    );
  return late > 0 && <strong className="text-problem">, {number(late)} late</strong>;
}
