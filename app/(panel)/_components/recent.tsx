import { ScopeMark } from "#components/marks.tsx";
import { SubjectDisc } from "#components/people.tsx";
import { Time } from "#components/time.tsx";
import { durationInMinutes } from "#components/time-words.ts";
import { PlainLink } from "#components/ui/plain-link.tsx";
import type { readRecentSubjects } from "#lib/impersonation/recent-subjects.ts";
import { againPath } from "#lib/requests/again-path.ts";

type RecentSubject = Awaited<ReturnType<typeof readRecentSubjects>>[number];

/** Whom the reader stood in for last. */
export function Recent(props: { subjects: RecentSubject[]; now: Date; zone: string }) {
  if (props.subjects.length === 0) return null;
  return (
    <section className="stack s" aria-labelledby="recent">
      <h2 id="recent" className="text-base">
        Recent
      </h2>
      <ul className="recent">
        {props.subjects.map((session) => (
          <li key={session.sessionId} className="card">
            <span className="row fix">
              <SubjectDisc name={session.subject.name} size="small" />
              <PlainLink
                className="cell clamp"
                href={`/customers/${session.subject.id}/start`}
                lang={session.subject.lang ?? undefined}
                data-row
              >
                {session.subject.name}
              </PlainLink>
              <span className="end">
                <ScopeMark scope={session.scope} live={!session.endedAt} />
              </span>
            </span>
            <span className="row fix">
              <span className="sm soft clamp">
                {session.account.name} ·{" "}
                <Time
                  at={session.startedAt}
                  now={props.now}
                  zone={props.zone}
                  style={styleOf(session, props.now)}
                />
                {session.endedAt &&
                  ` · ${durationInMinutes(seconds(session.startedAt, session.endedAt))}`}
                {session.writes > 0 &&
                  ` · ${session.writes} ${session.writes === 1 ? "write" : "writes"}`}
              </span>
              {session.endedAt && (
                <span className="end row fix">
                  <PlainLink
                    className="sm again"
                    href={`/sessions/${session.sessionId}#note`}
                    aria-label={`Note for the ticket: what you did as ${session.subject.name}`}
                  >
                    Note
                  </PlainLink>
                  <PlainLink
                    className="sm again"
                    href={againPath({
                      subjectId: session.subject.id,
                      requestId: session.requestId,
                    })}
                    aria-label={`Again for ${session.subject.name}, with what you answered then`}
                  >
                    Again
                  </PlainLink>
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Of what is longer ago the day will do: the card is narrow. */
function styleOf({ startedAt, endedAt }: RecentSubject, now: Date): "clock" | "ago" | "day" {
  if (!endedAt) return "clock";
  return seconds(startedAt, now) < 24 * 3600 ? "ago" : "day";
}

const seconds = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 1000;
