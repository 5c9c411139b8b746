import { Time } from "#components/time.tsx";
import { Card } from "#components/ui/card.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { Quote } from "#components/ui/quote.tsx";
import type { readCorrections } from "#lib/reviews/campaigns.ts";
import { auditAddress } from "../../audit/address.ts";

type CorrectionsProps = {
  rows: Awaited<ReturnType<typeof readCorrections>>;
  now: Date;
  zone: string;
};

/** What turned out wrong after the closing. */
export function Corrections({ rows, now, zone }: CorrectionsProps) {
  return (
    <Card id="corrections" title="Corrections" aside={<span className="count">{rows.length}</span>}>
      <ol className="stack">
        {rows.map(({ id, correction, at, by, number, entryId }) => (
          <li key={id} className="stack s">
            <Quote>{correction}</Quote>
            <p className="xs soft">
              {number === null ? "The whole review" : `Item ${number}`} · {by},{" "}
              <Time at={at} now={now} zone={zone} /> ·{" "}
              <PlainLink href={auditAddress({ event: "review.corrected", open: entryId })}>
                Entry
              </PlainLink>
            </p>
          </li>
        ))}
      </ol>
    </Card>
  );
}
