import { GlassMark, ScopeMark, TierMark } from "#components/marks.tsx";
import { PairDiscs } from "#components/people.tsx";
import { Time } from "#components/time.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import type { ToLookAt } from "#lib/impersonation/to-look-at.ts";
import { ReviewDue } from "./review-due.tsx";
import "./to-look-at.css";

type ItemsProps = { rows: readonly ToLookAt[]; at: Date; zone: string };

/** Sessions that wait for the reader's word: who as whom, what was done, and until when. */
export function ToLookAtItems({ rows, at, zone }: ItemsProps) {
  return (
    <ul className="to-look-at">
      {rows.map((row) => (
        <li key={row.id}>
          <PairDiscs actor={row.actor.name} subject={row.subject.name} />
          <div className="who">
            <PlainLink className="cell" href={`/sessions/${row.id}#review`} data-row>
              {row.actor.name} as{" "}
              <span lang={row.subject.lang ?? undefined}>{row.subject.name}</span>
            </PlainLink>
            <small>
              {row.account.name} · <TierMark tier={row.account.tier} inline /> ·{" "}
              {row.endedAt ? (
                <>
                  ended <Time at={row.endedAt} now={at} zone={zone} /> · {row.done}
                </>
              ) : (
                <>live, so far {row.done}</>
              )}
            </small>
          </div>
          <div className="row tight">
            <ScopeMark scope={row.scope} live={row.endedAt === null} />
            {row.breakGlass && <GlassMark />}
          </div>
          {row.dueAt && <ReviewDue at={row.dueAt} now={at} zone={zone} />}
        </li>
      ))}
    </ul>
  );
}
