import { addDays, dayAt, type Period, timeAt, weekdayOf } from "./calendar.ts";
import type { Desk } from "./desk.ts";
import type { Random } from "./random.ts";
import type { Story } from "./story.ts";
import { type Told, tell } from "./tell.ts";

export type When = {
  /** A day of it, by how far through the quarter; always a weekday, or a Saturday where that is asked for. */
  day(share: number): string;
  saturday(share: number): string;
  random: Random;
};

export function whenIn({ span }: Desk, period: Period, random: Random): When {
  const weekday = (day: string) => addDays(day, -Math.max(0, weekdayOf(day) - 5));
  const saturday = (day: string) => addDays(day, -((weekdayOf(day) + 1) % 7));
  return {
    day: (share) => weekday(dayAt(period, span.until, share)),
    saturday: (share) => saturday(dayAt(period, span.until, share)),
    random,
  };
}

const idle = [
  "Having a look at how they have set things up.",
  "Quick check, nobody is calling.",
  "Looking around before the call next week.",
  "Comparing how others do this.",
];

export function unexplained(desk: Desk, told: Omit<Told, "ticket">, random: Random): Story {
  const usual = { category: "configuration_check", isApproved: true } as const;
  const reason = random.pick(idle);
  return {
    ...tell(desk, { ...usual, reason, ...told, ticket: null }, random),
    callerCheck: "nobody_calling",
  };
}

export const at = (day: string, minute: number, { zone }: { zone: string }) =>
  timeAt(day, minute, zone);
