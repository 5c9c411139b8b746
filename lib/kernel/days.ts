/** A day of the company's zone, "2026-10-01". */
export type Day = string;

/** "1 October to 31 December 2026". */
export function periodDays(firstDay: Day, lastDay: Day): string {
  const sameYear = firstDay.slice(0, 4) === lastDay.slice(0, 4);
  return `${dayWords(firstDay, !sameYear)} to ${dayWords(lastDay, true)}`;
}

const dayAndMonth = { day: "numeric", month: "long", timeZone: "UTC" } as const;
const inAnyYear = new Intl.DateTimeFormat("en-GB", dayAndMonth);
const ofTheYear = new Intl.DateTimeFormat("en-GB", { ...dayAndMonth, year: "numeric" });

export const dayWords = (day: Day, withYear = true): string =>
  (withYear ? ofTheYear : inAnyYear).format(new Date(`${day}T00:00:00Z`));
