import { Time } from "#components/time.tsx";
import { Quote } from "#components/ui/quote.tsx";
import type { DecisionView } from "#lib/reviews/decisions.ts";
import { periodTitle } from "#lib/reviews/rules.ts";
import { decisionNames } from "../../words.ts";

type LastProps = { last: DecisionView | null; now: Date; zone: string };

/** What was decided in the review before. */
export function Last({ last, now, zone }: LastProps) {
  if (!last)
    return (
      <p className="sm soft">In no review before: this right is looked at for the first time.</p>
    );
  return (
    <p className="sm soft">
      {periodTitle(last.firstDay, last.lastDay)}:{" "}
      <strong>{decisionNames[last.decision].toLowerCase()}</strong>, by {last.decidedBy ?? "policy"}
      , <Time at={last.decidedAt} now={now} zone={zone} style="day" />:{" "}
      <Quote>{last.justification}</Quote>
    </p>
  );
}
