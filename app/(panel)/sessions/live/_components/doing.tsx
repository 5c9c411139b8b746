import { Time } from "#components/time.tsx";
import { effectWords } from "#lib/vocabulary-labels.ts";
import { placeWords } from "../../../_deeds/words.ts";
import type { LiveSession } from "./live-row.tsx";

/** After so long without anything the cell says so rather than name what was last. */
const stillMs = 2 * 60_000;

type DoingProps = { session: LiveSession; at: Date; zone: string };

/** The last thing done, and when. */
export function DoingNow({ session, at, zone }: DoingProps) {
  const { now } = session;
  if (!now || at.getTime() - now.at.getTime() > stillMs)
    return (
      <span className="who">
        <span className="faint">Nothing</span>
        <small>
          since <Time at={now?.at ?? session.startedAt} now={at} zone={zone} style="clock" />
        </small>
      </span>
    );
  const what = now.phase === "refused" ? "Refused" : effectWords[now.effect];
  return (
    <span className="who">
      <span className="clamp" title={`${now.method} ${now.route}`}>
        {now.phase === "view" ? placeWords({ ...now, kinds: [] }) : what}
        {now.phase !== "view" && now.resource && ` ${now.resource}`}
      </span>
      <small>
        <Time at={now.at} now={at} zone={zone} />
      </small>
    </span>
  );
}

const counted = (n: number, one: string) => `${n} ${one}${n === 1 ? "" : "s"}`;

export function Done({ session: { reads, writes, refusals } }: { session: LiveSession }) {
  return (
    <span className="who num">
      <span>{counted(reads, "page")}</span>
      <small>
        {writes > 0 ? <strong>{counted(writes, "write")}</strong> : "no writes"}
        {refusals > 0 && `, ${refusals} refused`}
      </small>
    </span>
  );
}
