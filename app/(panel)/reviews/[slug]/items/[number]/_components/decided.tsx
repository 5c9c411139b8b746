import { Time } from "#components/time.tsx";
import { durationWords } from "#components/time-words.ts";
import { Card } from "#components/ui/card.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { Quote } from "#components/ui/quote.tsx";
import type { DecisionView } from "#lib/reviews/decisions.ts";
import { decisionNames } from "../../words.ts";

type DecidedProps = { decisions: readonly DecisionView[]; now: Date; zone: string };

/** Every decision on the item, the newest first: it counts, the others stay. */
export function Decided({ decisions, now, zone }: DecidedProps) {
  return (
    <Card title={decisions.length > 1 ? "Decisions" : "The decision"} id="decisions">
      <ol className="followed">
        {decisions.map((one, index) => (
          <li key={one.id}>
            <p className="row tight">
              <Mark icon={icons[one.decision]} tone={one.decision === "revoke" ? "ink" : "plain"}>
                {decisionNames[one.decision]}
              </Mark>
              <span>
                {one.decidedBy ?? "By policy"}, <Time at={one.decidedAt} now={now} zone={zone} />
              </span>
              {index > 0 && <span className="faint">no longer counts</span>}
            </p>
            <Quote>{one.justification}</Quote>
            <p className="xs faint">{howWords(one)}</p>
          </li>
        ))}
      </ol>
    </Card>
  );
}

const icons = { keep: "check", change: "pen", revoke: "ban" } as const;

/** How it was decided, as the evidence says it. */
function howWords(one: DecisionView): string {
  if (!one.decidedBy) return one.conflictCheck;
  return [
    one.conflictCheck,
    one.inBulk
      ? "With others at once."
      : one.seconds === null
        ? "Not opened before."
        : `${durationWords(one.seconds)} on the item.`,
    one.sampleSize > 0 && `${one.sampleOpened} of ${one.sampleSize} sampled sessions opened.`,
    one.signInAge !== null &&
      `Signed in ${durationWords(one.signInAge)} before${one.signInHow ? `, by ${signInWords[one.signInHow] ?? one.signInHow}` : ""}.`,
  ]
    .filter(Boolean)
    .join(" ");
}

const signInWords: Record<string, string> = {
  issuer: "the company’s sign-on",
  persona: "the demo",
};
