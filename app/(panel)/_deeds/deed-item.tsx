import { Mark } from "#components/ui/mark.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { TimelineItem } from "#components/ui/timeline.tsx";
import type { Deed } from "#lib/impersonation/deeds.ts";
import { actionRefusalWords, effectWords } from "#lib/vocabulary-labels.ts";
import { Moment } from "./moment.tsx";
import { hasFailed } from "./words.ts";
import "./deeds.css";

type DeedItemProps = {
  deed: Deed;
  zone: string;
  /** Where its entry is read, on pages that do not stand beside the log. */
  entry?: string;
};

/** One write, or one that was refused: its effect, on what, by which route, with what outcome. */
export function DeedItem({ deed, zone, entry }: DeedItemProps) {
  const refused = deed.phase === "refused";
  const what = effectWords[deed.effect];
  const title = refused ? `Refused: ${what.toLowerCase()}` : what;
  return (
    <TimelineItem
      kind={refused ? "refused" : "write"}
      icon={refused ? "ban" : "pen"}
      time={<Moment at={deed.at} zone={zone} />}
      result={
        <>
          {refused ? refusal(deed) : <Outcome deed={deed} />}
          {entry && (
            <>
              {" · "}
              <PlainLink href={entry} aria-label={`Entry: ${title} ${deed.resource ?? deed.route}`}>
                entry
              </PlainLink>
            </>
          )}
        </>
      }
    >
      <strong>
        {title}
        {deed.resource && ` ${deed.resource}`}
      </strong>
      <span className="mono xs">
        {deed.method} {deed.route}
      </span>
      {deed.changes && deed.changes.length > 0 && (
        <ul className="changes">
          {deed.changes.map(({ field, before, after }) => (
            <li key={field}>
              <span className="faint">{field}</span> {before !== undefined && <del>{before}</del>}{" "}
              {after !== undefined && <ins>{after}</ins>}
            </li>
          ))}
        </ul>
      )}
    </TimelineItem>
  );
}

const words: Record<string, string | undefined> = actionRefusalWords;
const refusal = ({ refusal }: Deed): string => (refusal ? (words[refusal] ?? refusal) : "refused");

/** A write is recorded before it runs; that it was done is told afterwards. */
function Outcome({ deed }: { deed: Deed }) {
  if (!deed.doneAt) return "recorded, outcome not told";
  return hasFailed(deed) ? (
    <>
      recorded,{" "}
      <Mark icon="x" tone="problem">
        Failed ({deed.status})
      </Mark>
    </>
  ) : (
    "recorded, done"
  );
}
