import { daysAfter, mondayOf, type Period, weekWords } from "#lib/usage/period.ts";
import { address, type Params } from "../../../_filters/address.ts";

export type WeekOf = {
  monday: string;
  /** "W40" */
  words: string;
  isRunning: boolean;
  /** Of the week, the days of the period. */
  from: string;
  to: string;
};
export type Days = Period & { zone: string; today: string; weeks: WeekOf[]; isRunning: boolean };

/** To make a format costs more than to use it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function dayIn(zone: string, at: Date): string {
  const format =
    formats.get(zone) ?? new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });
  formats.set(zone, format);
  return format.format(at);
}

const earlier = (a: string, b: string): string => (a.localeCompare(b) < 0 ? a : b);
const later = (a: string, b: string): string => (a.localeCompare(b) < 0 ? b : a);

/** The weeks of a period, in the company's days; of one that runs those that have begun. */
export function daysOf(period: Period, zone: string, now: Date): Days {
  const today = dayIn(zone, now);
  const last = earlier(today, period.lastDay);
  const weeks: WeekOf[] = [];
  for (let monday = mondayOf(period.firstDay); monday <= last; monday = daysAfter(monday, 7)) {
    const sunday = daysAfter(monday, 6);
    weeks.push({
      monday,
      words: weekWords(monday),
      isRunning: monday <= today && today <= sunday && today <= period.lastDay,
      from: later(monday, period.firstDay),
      to: earlier(sunday, period.lastDay),
    });
  }
  const isRunning = period.firstDay <= today && today <= period.lastDay;
  return { ...period, zone, today, weeks, isRunning };
}

/** The past sessions of these days. */
export const sessionsHref = (days: { from: string; to: string }, more: Params = {}): string =>
  address("/sessions", { from: days.from, to: days.to, ...more });
