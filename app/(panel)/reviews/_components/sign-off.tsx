import { Time } from "#components/time.tsx";
import { Card } from "#components/ui/card.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { Quote } from "#components/ui/quote.tsx";
import type { Campaign } from "#lib/reviews/campaigns.ts";
import { auditAddress } from "../../audit/address.ts";

type SignOffProps = { campaign: Campaign; now: Date; zone: string };

/** Who closed a review, and what they signed. */
export function SignOff({ campaign, now, zone }: SignOffProps) {
  const { closedBy, closedAt, statement, closedEntryId } = campaign;
  if (!closedAt || !statement || !closedEntryId) return null;
  return (
    <Card id="sign-off" title="Signed off">
      <div className="stack s">
        <Quote large>{statement}</Quote>
        <p className="sm soft">
          {closedBy}, who decided nothing in it, <Time at={closedAt} now={now} zone={zone} />. It
          stays as it is; what was wrong is corrected beside it.{" "}
          <PlainLink href={auditAddress({ event: "review.closed", open: closedEntryId })}>
            Entry
          </PlainLink>
        </p>
      </div>
    </Card>
  );
}
