import { durationInMinutes, withUnit } from "#components/time-words.ts";

type Stay = { startedAt: Date; endedAt: Date | null; expiresAt?: Date; minutes: number };

/** "12 min of 30", "52 s of 30 min"; what lasts is counted until now, and never past its time. */
export function stayedWords({ startedAt, endedAt, expiresAt, minutes }: Stay, now: Date): string {
  const until = Math.min(
    (endedAt ?? now).getTime(),
    expiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
  );
  const seconds = Math.max(0, until - startedAt.getTime()) / 1000;
  const used = Math.min(seconds, minutes * 60);
  const words = durationInMinutes(used);
  return used < 60
    ? `${words} of ${withUnit(minutes, "min")}`
    : `${withUnit(Math.round(used / 60), "min")} of ${minutes}`;
}
