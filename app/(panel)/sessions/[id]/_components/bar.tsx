import { Time } from "#components/time.tsx";
import { clock } from "#components/time-words.ts";
import type { Deed } from "#lib/impersonation/deeds.ts";
import type { SessionPage } from "#lib/impersonation/timeline.ts";
import { endOf } from "../words.ts";

const looks = {
  view: { className: "read", width: 0.4 },
  attempt: { className: "write", width: 0.7 },
  refused: { className: "refused", width: 0.7 },
} as const;

/** The session from its start to its end, with a stroke for each thing done. */
export function Bar({ session, zone }: { session: SessionPage; zone: string }) {
  const from = session.startedAt.getTime();
  const length = Math.max(1, endOf(session).getTime() - from);
  const place = (deed: Deed) =>
    Math.min(99, Math.max(0, (100 * (deed.at.getTime() - from)) / length));
  const deeds = session.timeline.flatMap((deed) =>
    deed.phase === "done" ? [] : [{ deed, ...looks[deed.phase] }],
  );
  const time = { now: session.startedAt, zone } as const;
  return (
    <figure className="stack gap-1">
      <svg
        className="deeds"
        viewBox="0 0 100 1"
        preserveAspectRatio="none"
        role="img"
        aria-label={inWords(session, zone)}
      >
        {deeds.map(({ deed, className, width }) => (
          <rect key={deed.id} className={className} x={place(deed)} width={width} height="1" />
        ))}
      </svg>
      <figcaption className="row between xs faint">
        <Time at={session.startedAt} {...time} style="clock" />
        <span className="legend">
          <span>
            <i className="read" /> page
          </span>
          <span>
            <i className="write" /> write
          </span>
          <span>
            <i className="refused" /> refused
          </span>
        </span>
        <Time at={endOf(session)} {...time} style="clock" />
      </figcaption>
    </figure>
  );
}

/** The same for who does not see it: numbers, and when writes and refusals were. */
function inWords(session: SessionPage, zone: string): string {
  const when = (phase: Deed["phase"]) =>
    session.timeline
      .filter((deed) => deed.phase === phase)
      .slice(0, 20)
      .map(({ at }) => clock(at, session.startedAt, zone))
      .join(", ");
  const minutes = Math.round((endOf(session).getTime() - session.startedAt.getTime()) / 60_000);
  return [
    `${minutes} minutes: ${session.reads} reads`,
    session.writes > 0 ? `writes at ${when("attempt")}` : "no writes",
    session.refusals > 0 ? `refused at ${when("refused")}` : "nothing refused",
  ].join(", ");
}
