/** A day of the company's zone, "2026-10-01". */
export type Day = string;

const dayOfMonth = /^(\d{4})-(\d\d)-(\d\d)$/;
const lastOfMonth = ["31", "30", "30", "31"];

/** A campaign's address: "2026-q4" for a whole quarter, else its days. */
export function slugOf(firstDay: Day, lastDay: Day): string {
  const [, year, month] = dayOfMonth.exec(firstDay) ?? [];
  const quarter = Math.ceil(Number(month) / 3);
  const whole =
    firstDay === `${year}-${String(quarter * 3 - 2).padStart(2, "0")}-01` &&
    lastDay === `${year}-${String(quarter * 3).padStart(2, "0")}-${lastOfMonth[quarter - 1]}`;
  return whole ? `${year}-q${quarter}` : `${firstDay}-to-${lastDay}`;
}

/** The same, or with the next number where it is taken. */
export function freeSlug(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted;
  for (let n = 2; ; n++) if (!taken.includes(`${wanted}-${n}`)) return `${wanted}-${n}`;
}

const quarters = ["First", "Second", "Third", "Fourth"];

/** "Fourth quarter 2026", or "1 July to 15 August 2026". */
export function periodTitle(firstDay: Day, lastDay: Day): string {
  const [, year, n] = /^(\d{4})-q([1-4])$/.exec(slugOf(firstDay, lastDay)) ?? [];
  return year ? `${quarters[Number(n) - 1]} quarter ${year}` : periodDays(firstDay, lastDay);
}

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

/** The quarter with this address, in days; null for another. */
export function quarterOf(slug: string): { firstDay: Day; lastDay: Day } | null {
  const [, year, n] = /^([2-9]\d{3})-q([1-4])$/.exec(slug) ?? [];
  if (!year) return null;
  const quarter = Number(n);
  const month = (of: number) => String(of).padStart(2, "0");
  return {
    firstDay: `${year}-${month(quarter * 3 - 2)}-01`,
    lastDay: `${year}-${month(quarter * 3)}-${lastOfMonth[quarter - 1]}`,
  };
}
