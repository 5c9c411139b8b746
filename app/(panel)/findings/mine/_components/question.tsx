import { Sentence } from "#components/sentence.tsx";
import { Time } from "#components/time.tsx";
import { Card } from "#components/ui/card.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { Quote } from "#components/ui/quote.tsx";
import type { MyFinding } from "#lib/findings/mine.ts";
import { findingNumber, sessionNumber } from "#lib/kernel/ids.ts";
import { findingStatusWords } from "#lib/vocabulary-labels.ts";
import { AnswerForm } from "./answer-form.tsx";

type QuestionProps = { finding: MyFinding; now: Date; zone: string };

/** One question, what it is about, and the answer: given, or to be given. */
export function Question({ finding, now, zone }: QuestionProps) {
  const { id, number, what, items, answer, answeredAt, askedAt, status } = finding;
  const sessions = items.filter(({ of }) => of === "session").slice(0, 12);
  return (
    <Card
      id={`question-${number}`}
      title={<>Asked {askedAt && <Time at={askedAt} now={now} zone={zone} />}</>}
      aside={
        <span className="row tight">
          {status !== "open" && <Mark icon="check">{findingStatusWords[status].name}</Mark>}
          <span className="mono faint">{findingNumber(number)}</span>
        </span>
      }
    >
      <div className="stack">
        <p>
          <Sentence text={what} />
        </p>
        {sessions.length > 0 && (
          <ul className="row sm" aria-label="The sessions">
            {sessions.map((item) => (
              <li key={item.id} className="nowrap">
                <PlainLink href={`/sessions/${item.id}`}>
                  {item.number === null ? "Session" : sessionNumber(item.number)}
                </PlainLink>{" "}
                <span className="faint">{item.subject}</span>
              </li>
            ))}
          </ul>
        )}
        {answer ? (
          <div className="stack s">
            <Quote large>{answer}</Quote>
            {answeredAt && (
              <p className="xs faint">
                You answered <Time at={answeredAt} now={now} zone={zone} />.
              </p>
            )}
          </div>
        ) : status === "open" ? (
          <AnswerForm findingId={id} label="Why was it? A sentence or two will do." />
        ) : (
          <p className="sm soft">It was decided without an answer of yours.</p>
        )}
      </div>
    </Card>
  );
}
