import { absolute, number } from "#components/time-words.ts";
import { Note } from "#components/ui/note.tsx";
import type { Closing } from "#lib/reviews/closing.ts";
import type { Progress } from "#lib/reviews/progress.ts";

type UnderWayProps = { closing: Closing; progress: Progress; zone: string };

/** A closing that the worker carries on, and how much of it is left; or why it stopped. */
export function UnderWay({ closing, progress, zone }: UnderWayProps) {
  const { closerName, at, stoppedAt, stoppedWhy } = closing;
  if (stoppedAt)
    return (
      <Note tone="problem" title="The closing stopped" level="h2">
        {`${closerName} asked for it on ${absolute(at, zone)}. It stopped on ${absolute(stoppedAt, zone)}: ${stoppedWhy} What was taken until then stays taken; the rest is its reviewers’ again.`}
      </Note>
    );
  const taken = progress.change + progress.revoke - progress.proved;
  const left = progress.late + taken;
  const words =
    left === 0
      ? "All is settled: it closes now."
      : `${left === 1 ? "One right is" : `${number(left)} rights are`} still to be taken, tried or excepted. Nobody decides any more; it closes by itself when that is done.`;
  return (
    <Note icon="lock" title="Being closed" role="status">
      {`${closerName} signed it on ${absolute(at, zone)}. ${words}`}
    </Note>
  );
}
