import { ScopeMark } from "#components/marks.tsx";
import { Duration, Time } from "#components/time.tsx";
import { Card } from "#components/ui/card.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import type { SessionView } from "#lib/impersonation/session-view.ts";
import { sessionNumber } from "#lib/kernel/ids.ts";
import { secondsBetween } from "./seconds-between.ts";

type PastProps = {
  title: string;
  sessions: SessionView[];
  now: Date;
  zone: string;
  actorId: string;
  /** The reader sees only their own sessions here; what others did is for managers and compliance. */
  isOwnOnly: boolean;
  /** How often anybody stood in, within 90 days. */
  total?: number;
};

/** Past sessions of one person, as far as the reader may see them. */
export function Past(props: PastProps) {
  const { title, sessions, now, zone, actorId } = props;
  return (
    <Card title={title} id="past" flush>
      {sessions.length === 0 ? (
        <p className="in sm soft">{nobody(props)}</p>
      ) : (
        <Table caption={title}>
          <thead>
            <tr>
              <Th>Session</Th>
              <Th>Who</Th>
              <Th>When</Th>
              <Th>How long</Th>
              <Th>Changes</Th>
            </tr>
          </thead>
          <tbody>
            {sessions.map((session) => (
              <tr key={session.id}>
                <td className="nowrap">
                  <span className="row tight fix">
                    <PlainLink className="mono" href={`/sessions/${session.id}`}>
                      {sessionNumber(session.number)}
                    </PlainLink>
                    <ScopeMark scope={session.scope} />
                  </span>
                </td>
                <td>{session.actor.id === actorId ? "You" : session.actor.name}</td>
                <td className="nowrap">
                  <Time at={session.startedAt} now={now} zone={zone} style="dated" />
                </td>
                <td className="nowrap">
                  {session.endedAt && (
                    <Duration
                      seconds={secondsBetween(session.startedAt, session.endedAt)}
                      rounded
                    />
                  )}
                </td>
                <td className={session.writes > 0 ? "num" : "num hide"}>
                  {session.writes === 1 ? "1 write" : `${session.writes} writes`}
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}

function nobody({ isOwnOnly, total }: PastProps): string {
  if (!isOwnOnly) return "Nobody whose sessions you may see, so far.";
  return total
    ? "Not yet. Sessions of colleagues are for your manager and compliance to see."
    : "Not yet.";
}
