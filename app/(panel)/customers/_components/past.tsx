import { GlassMark, ScopeMark, scopeWords } from "#components/marks.tsx";
import { Time } from "#components/time.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { Quote } from "#components/ui/quote.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import type { SessionView } from "#lib/impersonation/session-view.ts";
import { sessionNumber } from "#lib/kernel/ids.ts";
import { stayedWords } from "../../_words/stayed.ts";

export type PastTime = { now: Date; zone: string };

type PastProps = PastTime & {
  caption: string;
  sessions: readonly SessionView[];
  actorId: string;
  /** Of an account: each row names the person. */
  names?: boolean;
};

/** Past sessions of one person or account: who, why, when, how long, with how many writes. */
export function Past({ caption, sessions, now, zone, actorId, names }: PastProps) {
  return (
    <Table caption={caption} twoLines className="top past-of">
      <thead>
        <tr>
          <Th>Session</Th>
          <Th>{names ? "Who, as whom, why" : "Who and why"}</Th>
          <Th>When</Th>
          <Th numeric>Changes</Th>
        </tr>
      </thead>
      <tbody>
        {sessions.map((session) => (
          <tr key={session.id}>
            <td className="nowrap wide">
              <span className="numbered">
                <PlainLink className="mono" href={`/sessions/${session.id}`} data-row>
                  {sessionNumber(session.number)}
                </PlainLink>
                <ScopeMark scope={session.scope} />
                {session.request.breakGlass && <GlassMark />}
              </span>
            </td>
            <td className="wide">
              <span className="stack none">
                <span>
                  {session.actor.id === actorId ? "You" : session.actor.name}
                  {names && (
                    <>
                      {" "}
                      {scopeWords[session.scope].verb}ed as{" "}
                      <PlainLink href={`/customers/${session.subject.id}`}>
                        <span lang={session.subject.lang ?? undefined} dir="auto">
                          {session.subject.name}
                        </span>
                      </PlainLink>
                    </>
                  )}
                  {session.request.ticket && (
                    <span className="faint nowrap"> · {session.request.ticket}</span>
                  )}
                </span>
                <span className="soft">
                  <Quote>{session.request.reason}</Quote>
                </span>
              </span>
            </td>
            <td className="nowrap">
              <span className="who num">
                <Time at={session.startedAt} now={now} zone={zone} />
                <small>{stayedWords(session, now)}</small>
              </span>
            </td>
            <td className="n num nowrap">
              {session.writes > 0 ? (
                <strong>{session.writes === 1 ? "1 write" : `${session.writes} writes`}</strong>
              ) : (
                <span className="faint">no writes</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
