import { Time } from "#components/time.tsx";
import { Card } from "#components/ui/card.tsx";
import { Quote } from "#components/ui/quote.tsx";
import type { readException } from "#lib/reviews/except.ts";
import { Day } from "../../../../_components/day.tsx";

type Exception = NonNullable<Awaited<ReturnType<typeof readException>>>;

/** Why it stays as it is without a decision, until when, and who answers for it. */
export const Excepted = ({
  exception,
  now,
  zone,
}: {
  exception: Exception;
  now: Date;
  zone: string;
}) => (
  <Card title="An exception" id="exception">
    <p>
      Stays as it is until <Day day={exception.expiresOn} now={now} />.{" "}
      <strong>{exception.ownerName}</strong> answers for it. Made by {exception.madeBy},{" "}
      <Time at={exception.at} now={now} zone={zone} />: <Quote>{exception.reason}</Quote>
    </p>
  </Card>
);
