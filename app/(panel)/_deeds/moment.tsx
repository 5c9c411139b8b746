import { absolute, clock } from "#components/time-words.ts";

type MomentProps = { at: Date; zone: string };

/** "10:34:10": all of a session is within an hour, so its day is said once, above. */
export function Moment({ at, zone }: MomentProps) {
  return (
    <time dateTime={at.toISOString()} title={`${absolute(at, zone)}, ${at.toISOString()}`}>
      {clock(at, at, zone, true)}
    </time>
  );
}
