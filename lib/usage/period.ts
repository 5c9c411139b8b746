/** Days of the company's zone as "2026-07-01", both included. */
export type Period = { firstDay: string; lastDay: string };

const DAY_MS = 24 * 3_600_000;
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The day so many days later. */
export const daysAfter = (day: string, days: number): string =>
  dayOf(Date.parse(day) + days * DAY_MS);

/** The Monday of the week in which a day is: its ISO week. */
export const mondayOf = (day: string): string =>
  daysAfter(day, -((new Date(day).getUTCDay() + 6) % 7));

/** "W27", the ISO week of a Monday: the year is that of its Thursday. */
export function weekWords(monday: string): string {
  const thursday = daysAfter(monday, 3);
  const days = (Date.parse(thursday) - Date.parse(`${thursday.slice(0, 4)}-01-01`)) / DAY_MS;
  return `W${Math.floor(days / 7) + 1}`;
}

/** The first day of the quarter that a period is exactly; null for any other period. */
export function quarterOf({ firstDay, lastDay }: Period): string | null {
  const month = Number(firstDay.slice(5, 7));
  if (month % 3 !== 1 || !firstDay.endsWith("-01")) return null;
  return lastDay === quarterFrom(firstDay).lastDay ? firstDay : null;
}

/** The quarter that begins on this day, a number of quarters later. */
export function quarterFrom(firstDay: string, later = 0): Period {
  const from = new Date(firstDay);
  const month = (by: number) => Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + by, 1);
  return { firstDay: dayOf(month(3 * later)), lastDay: dayOf(month(3 * later + 3) - DAY_MS) };
}

/** The quarter before a quarter; for any other period, as many days before it. */
export function periodBefore(period: Period): Period {
  const quarter = quarterOf(period);
  if (quarter) return quarterFrom(quarter, -1);
  const days = (Date.parse(period.lastDay) - Date.parse(period.firstDay)) / DAY_MS + 1;
  return { firstDay: daysAfter(period.firstDay, -days), lastDay: daysAfter(period.firstDay, -1) };
}

/** The quarter in which a day is. */
export const quarterWith = (day: string): Period =>
  quarterFrom(
    `${day.slice(0, 4)}-${String(3 * Math.floor((Number(day.slice(5, 7)) - 1) / 3) + 1).padStart(2, "0")}-01`,
  );
