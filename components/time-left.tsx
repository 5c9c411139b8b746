import type { Scope } from "#lib/vocabulary.ts";
import { Countdown } from "./countdown.tsx";
import { scopeWords } from "./marks.tsx";
import { Meter } from "./ui/meter.tsx";

type TimeLeftProps = {
  /** When it ends, and the server's clock: ISO times. */
  until: string;
  now: string;
  /** The whole session's length. */
  minutes: number;
  scope: Scope;
};

/** What is left of a live session, in words that tick and as a bar. */
export function TimeLeft({ until, now, minutes, scope }: TimeLeftProps) {
  const left = (Date.parse(until) - Date.parse(now)) / 60_000;
  return (
    <span className="time-left">
      <Countdown style="words" until={until} now={now} />
      <Meter thin tone={scopeWords[scope].name} value={left} max={minutes} />
    </span>
  );
}
