import type { Policy } from "#lib/policy/policy.ts";
import { startOfDay } from "../../../_words/start-of-day.ts";

export type StandingChoice = { hours: number; label: string };

const offered = [2, 4, 8, 12, 24];

/**
 * For how long an approval may be asked to stand, the shortest first; empty where the policy lets none. The rest of the
 * reader's day is whole hours, so that it never reaches into the next.
 */
export function standingChoices(policy: Policy, now: Date, zone: string): StandingChoice[] {
  const { maxHours } = policy.standing;
  const hours = [...new Set([...offered.filter((n) => n <= maxHours), maxHours])].filter(
    (n) => n > 0,
  );
  const left = hoursLeft(now, zone);
  const rest =
    left >= 1 && left <= maxHours ? [{ hours: left, label: `Rest of today, ${left} h` }] : [];
  return [...hours.filter((n) => n !== left).map((n) => ({ hours: n, label: `${n} h` })), ...rest];
}

const hoursLeft = (now: Date, zone: string): number => {
  // A day of 23 or 25 hours has its noon all the same.
  const tomorrow = startOfDay(new Date(startOfDay(now, zone).getTime() + 36 * 3_600_000), zone);
  return Math.floor((tomorrow.getTime() - now.getTime()) / 3_600_000);
};
