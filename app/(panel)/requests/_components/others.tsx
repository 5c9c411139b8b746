import { scopeWords } from "#components/marks.tsx";
import { Duration, Time } from "#components/time.tsx";
import type { readHistory } from "#lib/impersonation/history.ts";

type History = Awaited<ReturnType<typeof readHistory>>;

/** Who else stood in at this account in the last 7 days, and whether anybody does now. */
export function Others({ history, now, zone }: { history: History; now: Date; zone: string }) {
  const { others, liveOnAccount } = history;
  return (
    <section className="stack s" aria-label="Others at this account">
      <h2 className="text-base">Anyone else, last 7 days</h2>
      {others.length > 0 && (
        <ul className="stack s sm soft">
          {others.map((row) => (
            <li key={row.id}>
              {row.actorName} {verbOf(row)} as {row.subjectName} ·{" "}
              <Time at={row.startedAt} now={now} zone={zone} />
              {row.endedAt && (
                <>
                  {" ·\u00a0"}
                  <Duration
                    rounded
                    seconds={(row.endedAt.getTime() - row.startedAt.getTime()) / 1000}
                  />
                </>
              )}
              {row.ticket && (
                <>
                  {" ·\u00a0"}
                  <span className="nowrap">{row.ticket}</span>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      <p className="sm soft">
        {others.length === 0 && "Nobody else was here. "}
        {liveOnAccount === 0
          ? "Nobody is live on this account now."
          : `${liveOnAccount} ${liveOnAccount === 1 ? "session is" : "sessions are"} live on this account now.`}
      </p>
    </section>
  );
}

function verbOf({ scope, endedAt }: History["others"][number]): string {
  if (endedAt === null) return `is ${scopeWords[scope].word.toLowerCase()}`;
  return scope === "write" ? "acted" : "looked";
}
