import { scopeWords } from "#components/marks.tsx";
import { Duration, Time } from "#components/time.tsx";
import { Card } from "#components/ui/card.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { Timeline, TimelineItem } from "#components/ui/timeline.tsx";
import type { SessionView } from "#lib/impersonation/session-view.ts";
import { secondsBetween } from "./seconds-between.ts";

type PastBesideProps = {
  title: string;
  sessions: SessionView[];
  now: Date;
  zone: string;
  actorId: string;
  /** Where all of them are, if these are not. */
  all: string | null;
  /** Said where there are none. */
  none: string;
};

/** Past sessions in a narrow column: when, who as whom, how long. A table has no room there. */
export function PastBeside({ title, sessions, all, now, zone, actorId, none }: PastBesideProps) {
  return (
    <Card title={title} id="past" flush aside={all && <PlainLink href={all}>All</PlainLink>}>
      {sessions.length === 0 ? (
        <p className="in sm soft">{none}</p>
      ) : (
        <Timeline label={title} short>
          {sessions.map(({ id, actor, subject, scope, startedAt, endedAt, writes }) => (
            <TimelineItem
              key={id}
              icon={scopeWords[scope].icon}
              time={<Time at={startedAt} now={now} zone={zone} style="day" />}
            >
              <p>
                <PlainLink href={`/sessions/${id}`}>
                  {actor.id === actorId ? "You" : actor.name}
                </PlainLink>{" "}
                {scopeWords[scope].verb}ed as{" "}
                <span lang={subject.lang ?? undefined} dir="auto">
                  {subject.name}
                </span>
                {endedAt && (
                  <>
                    , <Duration seconds={secondsBetween(startedAt, endedAt)} rounded />
                  </>
                )}
                {writes > 0 && (writes === 1 ? ", 1 write" : `, ${writes} writes`)}
              </p>
            </TimelineItem>
          ))}
        </Timeline>
      )}
    </Card>
  );
}
