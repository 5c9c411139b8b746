import { Time } from "#components/time.tsx";
import { Card } from "#components/ui/card.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { Quote } from "#components/ui/quote.tsx";
import { doneSentence } from "#lib/impersonation/done-in.ts";
import type { SessionReview } from "#lib/impersonation/session-review.ts";
import type { SessionPage } from "#lib/impersonation/timeline.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import { findingNumber } from "#lib/kernel/ids.ts";
import { may } from "#lib/staff/rights.ts";
import { givenName } from "../../../_words/given-name.ts";
import { ReviewDue } from "../../_components/review-due.tsx";
import { ReviewForm } from "./review-form.tsx";

type ReviewCardProps = {
  session: SessionPage;
  review: SessionReview;
  reader: StaffActor;
  /** Of looking closer, where the reader may see it. */
  finding: number | null;
};

/** What was done, in a line, and what somebody other than the actor says of it: once, after it has ended. */
export function ReviewCard({ session, review, reader, finding }: ReviewCardProps) {
  const { said, refusal, dueAt } = review;
  const mine = !said && !refusal && may(reader, "review_sessions");
  return (
    <Card
      id="review"
      className="review"
      title={said ? "Looked at afterwards" : "To look at"}
      aside={
        !said && dueAt ? (
          <ReviewDue at={dueAt} now={session.at} zone={reader.zone} />
        ) : said ? (
          <VerdictMark verdict={said.verdict} />
        ) : undefined
      }
    >
      <div className="stack">
        <p>
          {session.endedAt || session.overdue
            ? doneSentence(review.done)
            : `So far: ${doneSentence(review.done)}`}
          .
        </p>
        {said ? (
          <Said said={said} session={session} zone={reader.zone} finding={finding} />
        ) : mine ? (
          <ReviewForm
            sessionId={session.id}
            given={givenName(session.actor.name)}
            glass={session.request.breakGlass}
          />
        ) : (
          <p className="sm soft">{waitsFor(session, review, reader)}</p>
        )}
      </div>
    </Card>
  );
}

export function VerdictMark({ verdict }: { verdict: "as_expected" | "look_closer" }) {
  return verdict === "as_expected" ? (
    <Mark icon="check">As expected</Mark>
  ) : (
    <Mark icon="eye" tone="problem">
      Look closer
    </Mark>
  );
}

type SaidProps = {
  said: NonNullable<SessionReview["said"]>;
  session: SessionPage;
  zone: string;
  finding: number | null;
};

function Said({ said, session, zone, finding }: SaidProps) {
  return (
    <>
      {said.comment && <Quote large>{said.comment}</Quote>}
      <p className="sm soft">
        {said.by.name}, <Time at={said.at} now={session.at} zone={zone} />. It stays as it is.
        {finding !== null && (
          <>
            {" "}
            It raised{" "}
            <PlainLink className="mono" href={`/findings/${findingNumber(finding)}`}>
              {findingNumber(finding)}
            </PlainLink>
            .
          </>
        )}
      </p>
    </>
  );
}

/** Whom it waits for, where that is not the reader, or not yet. */
function waitsFor(session: SessionPage, review: SessionReview, reader: StaffActor): string {
  const { asked, refusal } = review;
  const names = asked.filter(({ id }) => id !== reader.id).map(({ name }) => name);
  const others =
    names.length > 0
      ? new Intl.ListFormat("en-GB", { type: "disjunction" }).format(names)
      : "a manager";
  if (refusal?.code === "conflict") return "Somebody looks at it once it has ended.";
  if (session.actor.id !== reader.id) return `It waits for ${others}.`;
  return session.request.breakGlass
    ? `It waits for ${others}. Until one of them has looked at it you cannot break the glass again.`
    : `It waits for ${others}, who ${names.length > 1 ? "say" : "says"} whether it was as expected.`;
}
