import { Time } from "#components/time.tsx";
import { Note } from "#components/ui/note.tsx";
import type { MissedView } from "#lib/findings/looking.ts";
import { counted } from "#lib/findings/spoken-time.ts";
import { detectorWords } from "#lib/vocabulary-labels.ts";

type NotLookedAtProps = { missed: MissedView[]; now: Date; zone: string };

/** What a fault keeps from being looked at: an empty queue must be one that can be believed. */
export function NotLookedAt({ missed, now, zone }: NotLookedAtProps) {
  if (missed.length === 0) return null;
  return (
    <Note tone="problem" title="Not everything was looked at yet">
      <p>
        By a fault of ours, some of what happened still waits to be looked at. It is kept and tried
        again by itself; whoever runs Alongside finds the fault in the worker’s log.
      </p>
      <ul className="sm soft">
        {missed.map(({ detector, things, since }) => (
          <li key={detector}>
            {detectorWords[detector]}: {counted(things, "thing")} since{" "}
            <Time at={since} now={now} zone={zone} style="clock" />
          </li>
        ))}
      </ul>
    </Note>
  );
}

type HowFarBackProps = { begins: Date | null; now: Date; zone: string };

/** Where the log is older than the panel. */
export function HowFarBack({ begins, now, zone }: HowFarBackProps) {
  if (begins === null) return null;
  return (
    <p className="sm soft">
      Alongside came to a log older than itself: patterns are looked for from{" "}
      <Time at={begins} now={now} zone={zone} style="day" /> on. What was before is known to the
      detectors, and raises nothing.
    </p>
  );
}
