import { absolute, number } from "#components/time-words.ts";
import { Note } from "#components/ui/note.tsx";
import type { Closing } from "#lib/reviews/closing.ts";
import type { Progress } from "#lib/reviews/progress.ts";

type UnderWayProps = {
  closing: Closing;
  /** Of the whole review; null for whoever sees a part of it. */
  progress: Progress | null;
  zone: string;
};

/** A closing that the worker carries on, and how much of it is left; or why it stopped. */
export function UnderWay({ closing, progress, zone }: UnderWayProps) {
  const { closerName, at, stoppedAt, stoppedWhy } = closing;
  if (stoppedAt)
    return (
      <Note tone="problem" title="The closing stopped" level="h2">
        {`${closerName} asked for it on ${absolute(at, zone)}. It stopped on ${absolute(stoppedAt, zone)}: ${stoppedWhy} What was taken until then stays taken; the rest is its reviewers’ again.`}
      </Note>
    );
  return (
    <Note icon="lock" title="Being closed" role="status">
      {[
        `${closerName} signed it on ${absolute(at, zone)}.`,
        ...(progress ? [leftWords(progress)] : []),
        "Nobody decides any more; it closes by itself when all is settled.",
      ].join(" ")}
    </Note>
  );
}

function leftWords({ late, change, revoke, proved }: Progress): string {
  const left = late + change + revoke - proved;
  if (left === 0) return "Nothing is left to settle.";
  return `${left === 1 ? "One right is" : `${number(left)} rights are`} still to be taken and tried, or excepted.`;
}
