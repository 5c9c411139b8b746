import type { Day } from "#lib/kernel/days.ts";
import type { ReminderKind } from "#lib/vocabulary.ts";

/** When reviewers are reminded, by their own clock. */
const fitHour = 9;

/** To make a format costs more than to use it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-CA", {
    ...{ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit" },
    ...{ hourCycle: "h23", timeZone: zone },
  });
  formats.set(zone, made);
  return made;
}

/** What day and hour it is at `at` in a zone. */
export function localTime(at: Date, zone: string): { day: Day; hour: number } {
  const parts = formatIn(zone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((one) => one.type === type)?.value ?? "";
  return { day: `${part("year")}-${part("month")}-${part("day")}`, hour: Number(part("hour")) };
}

/** Whole days from one day to another. */
export const daysBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** The last day on which a review that is due at `dueAt` is not late yet, in the company's zone. */
export const lastDayBefore = (dueAt: Date, zone: string): Day =>
  localTime(new Date(dueAt.getTime() - 1), zone).day;

/** Which reminder a day is for, by how many days are left. */
export function kindOn(daysLeft: number): ReminderKind {
  if (daysLeft < 0) return "late";
  if (daysLeft === 0) return "due";
  if (daysLeft <= 1) return "one_day";
  return daysLeft <= 3 ? "three_days" : "weekly";
}

export type ReminderFacts = {
  /** The last day, in the company's zone. */
  dueDay: Day;
  openedAt: Date;
  /** The reviewer's. */
  zone: string;
  /** The day of the last reminder, by rule or by hand, in the reviewer's zone. */
  lastDay: Day | null;
  /** What is left to decide. */
  open: number;
  /** Tasks outside whose day is over. */
  lateTasks: number;
};

/**
 * The reminder that is due at `at`, and for which of the reviewer's days; null where none is. Weekly from the opening,
 * three days and one day before the last day, on it, then daily: at nine by the reviewer's clock or later that day, once.
 * What a day without a worker left out is made up for on the next, once and not day by day. Of a late task daily.
 */
export function reminderDue(
  facts: ReminderFacts,
  at: Date,
): { kind: ReminderKind; day: Day } | null {
  const { dueDay, openedAt, zone, lastDay } = facts;
  const { day, hour } = localTime(at, zone);
  if (hour < fitHour || (lastDay !== null && lastDay >= day)) return null;
  const since = lastDay ?? localTime(openedAt, zone).day;
  if (facts.open > 0 && isDay(daysBetween(day, dueDay), daysBetween(since, day)))
    return { kind: kindOn(daysBetween(day, dueDay)), day };
  return facts.lateTasks > 0 ? { kind: "late", day } : null;
}

/** Whether a day with so many left is one for a reminder, so many after the last one, or after the opening. */
function isDay(left: number, passed: number): boolean {
  if (left > 3) return passed >= 7;
  return left === 3 || left <= 1 || left + passed > 3;
}
