import { daysBetween, lastDayBefore, localTime } from "#lib/reviews/reminder-rules.ts";

/** "in 3 days", "today", "2 days ago": from now to the last day of a review, where the company is. */
export function dueWords(dueAt: Date, zone: string, now: Date): string {
  const days = daysBetween(localTime(now, zone).day, lastDayBefore(dueAt, zone));
  const count = Math.abs(days) === 1 ? "1 day" : `${Math.abs(days)} days`;
  if (days === 0) return "today";
  return days > 0 ? `in ${count}` : `${count} ago`;
}
