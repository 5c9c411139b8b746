import { Time } from "#components/time.tsx";
import type { Item } from "#lib/reviews/item.ts";

type WhoDecidesProps = { item: Item; mayOnlyRead: boolean; now: Date };

/** Said to whom the item is not given: who decides it and by when, or that nobody may. */
export function WhoDecides({ item, mayOnlyRead, now }: WhoDecidesProps) {
  const { reviewerName, campaign } = item;
  if (!reviewerName)
    return (
      <p>
        Nobody on the staff may decide it without a conflict. It goes on by rule as soon as somebody
        may, or compliance hands it on.
      </p>
    );
  if (item.decision !== null)
    return (
      <p>
        <strong>{reviewerName}</strong> may decide it anew until the review is closed.
      </p>
    );
  return (
    <p>
      <strong>{reviewerName}</strong> decides{now < campaign.dueAt ? ", by " : ". It was due on "}
      <Time at={lastMoment(campaign.dueAt)} now={now} zone={campaign.zone} style="day" />.{" "}
      {mayOnlyRead && "You may read it, and not decide."}
    </p>
  );
}

/** A review is due when its last day is over: that day is the one to name. */
const lastMoment = (dueAt: Date): Date => new Date(dueAt.getTime() - 1);
