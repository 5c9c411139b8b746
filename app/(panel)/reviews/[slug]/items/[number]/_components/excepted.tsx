import { Time } from "#components/time.tsx";
import { Card } from "#components/ui/card.tsx";
import { Quote } from "#components/ui/quote.tsx";
import type { readException } from "#lib/reviews/except.ts";
import { Day } from "../../../../_components/day.tsx";

type Exception = NonNullable<Awaited<ReturnType<typeof readException>>>;

/** Why it stays as it is without a decision, until when, and who answers for it; also once it stands no more. */
export const Excepted = ({
  exception,
  stands,
  now,
  zone,
}: {
  exception: Exception;
  stands: boolean;
  now: Date;
  zone: string;
}) => (
  <Card title={stands ? "An exception" : "An exception that stands no more"} id="exception">
    <p>
      {stands ? "Stays" : "Stayed"} as it {stands ? "is" : "was"} until{" "}
      <Day day={exception.expiresOn} now={now} />. <strong>{exception.ownerName}</strong>{" "}
      {stands ? "answers" : "answered"} for it. Made by {exception.madeBy},{" "}
      <Time at={exception.at} now={now} zone={zone} />: <Quote>{exception.reason}</Quote>
    </p>
    {!stands && (
      <p>
        That day is over, or {exception.ownerName} is not here any more: the item counts as if there
        had been no exception.
      </p>
    )}
  </Card>
);
