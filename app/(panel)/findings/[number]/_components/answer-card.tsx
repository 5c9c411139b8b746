import { Time } from "#components/time.tsx";
import { Card } from "#components/ui/card.tsx";
import { Quote } from "#components/ui/quote.tsx";
import type { FindingView } from "#lib/findings/read-finding.ts";
import { givenName } from "../../../_words/given-name.ts";

/** What the actor says, or that they were asked. */
export function AnswerCard({ finding, zone }: { finding: FindingView; zone: string }) {
  const { answer, answeredAt, askedAt, actor, at, status } = finding;
  const given = givenName(actor.name);
  return (
    <Card
      id="answer"
      title={`What ${given} says`}
      aside={
        answeredAt && (
          <span className="faint">
            <Time at={answeredAt} now={at} zone={zone} />
          </span>
        )
      }
    >
      {answer ? (
        <Quote large>{answer}</Quote>
      ) : askedAt ? (
        <p className="sm soft">
          {given} was asked why, <Time at={askedAt} now={at} zone={zone} />
          {status === "open" ? ", and has not answered yet." : ", and did not answer."}
        </p>
      ) : (
        <p className="sm soft">
          {status === "open"
            ? `${given} is asked why this evening, between 17:00 and 20:00 of their own day, where the policy says so.`
            : `${given} was not asked.`}
        </p>
      )}
    </Card>
  );
}
