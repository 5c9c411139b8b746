import { GlassMark } from "#components/marks.tsx";
import { Time } from "#components/time.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { Quote } from "#components/ui/quote.tsx";
import { Timeline } from "#components/ui/timeline.tsx";
import type { Changed } from "#lib/impersonation/changed.ts";
import { sessionNumber } from "#lib/kernel/ids.ts";
import { DeedItem } from "../../_deeds/deed-item.tsx";
import { auditAddress } from "../../audit/address.ts";
import type { PastTime } from "./past.tsx";

type ChangedListProps = PastTime & { rows: readonly Changed[]; actorId: string; names?: boolean };

/** What was changed, by session, the newest first: who and why, then each write with before and after. */
export function ChangedList({ rows, now, zone, actorId, names }: ChangedListProps) {
  return (
    <ol className="changed">
      {rows.map((session) => {
        const who = session.actor.id === actorId ? "You" : session.actor.name;
        const number = sessionNumber(session.number);
        const more = session.writes - session.last.length;
        return (
          <li key={session.id}>
            <div className="session-of">
              <p className="row tight">
                <PlainLink className="mono" href={`/sessions/${session.id}`} data-row>
                  {number}
                </PlainLink>
                <strong>{who}</strong>
                {names && (
                  <span>
                    as{" "}
                    <PlainLink href={`/customers/${session.subject.id}`}>
                      <span lang={session.subject.lang ?? undefined} dir="auto">
                        {session.subject.name}
                      </span>
                    </PlainLink>
                  </span>
                )}
                {session.request.breakGlass && <GlassMark />}
                <span className="faint end nowrap">
                  {session.request.ticket && `${session.request.ticket} · `}
                  <Time at={session.startedAt} now={now} zone={zone} />
                </span>
              </p>
              <p className="soft">
                <Quote>{session.request.reason}</Quote>
              </p>
            </div>
            <Timeline label={`Changed in ${number}`}>
              {session.last.map((deed) => (
                <DeedItem
                  key={deed.id}
                  deed={deed}
                  zone={zone}
                  entry={auditAddress({ session: session.id, open: deed.entryId })}
                />
              ))}
            </Timeline>
            {more > 0 && (
              <p className="more">
                <PlainLink href={`/sessions/${session.id}?only=writes`}>
                  {more === 1 ? "1 more write" : `${more} more writes`} in {number}
                </PlainLink>
              </p>
            )}
          </li>
        );
      })}
    </ol>
  );
}
