import { TimelineItem } from "#components/ui/timeline.tsx";
import type { Deed } from "#lib/impersonation/deeds.ts";
import { Moment } from "../../../_deeds/moment.tsx";
import { placeOf, placeWords } from "../../../_deeds/words.ts";

type ReadsItemProps = { deeds: readonly Deed[]; now: Date; zone: string };

/** Reads in one line, by what they showed; unfolded, each with its time and route. */
export function ReadsItem({ deeds, zone }: ReadsItemProps) {
  const [first, second] = deeds;
  const last = deeds.at(-1);
  if (!first || !last) return null;
  if (!second)
    return (
      <TimelineItem icon="eye" time={<Moment at={first.at} zone={zone} />}>
        <span>{placeWords(first)}</span>
        <Route deed={first} />
      </TimelineItem>
    );
  const places = [...new Set([placeWords(first), ...deeds.slice(1).map(placeOf)])].filter(
    (place, n) => n === 0 || place !== placeOf(first),
  );
  const more = places.length - 2;
  return (
    <TimelineItem icon="eye" time={<Moment at={first.at} zone={zone} />}>
      <details className="reads">
        <summary>
          <span>
            {places.slice(0, 2).join(more > 0 ? ", " : " and ")}
            {more > 0 && ` and ${more} more`}
          </span>
          <span className="xs show">
            show <span className="vh">all </span>
            {deeds.length}
          </span>
          <span className="res">
            until <Moment at={last.at} zone={zone} />
          </span>
        </summary>
        <ol className="each">
          {deeds.map((deed) => (
            <li key={deed.id}>
              <Moment at={deed.at} zone={zone} /> {placeWords(deed)} <Route deed={deed} />
              {deed.kinds.length > 0 && <span className="faint"> · {deed.kinds.join(", ")}</span>}
              {deed.status !== null && <span className="faint num"> · {deed.status}</span>}
            </li>
          ))}
        </ol>
      </details>
    </TimelineItem>
  );
}

const Route = ({ deed }: { deed: Deed }) => (
  <span className="mono xs">
    {deed.method} {deed.route}
  </span>
);
