import { type Day, periodDays } from "#lib/kernel/days.ts";

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

/** "the fourth quarter 2026", or its days: within a sentence. */
export function periodInWords(firstDay: Day, lastDay: Day): string {
  const [title, days] = [periodTitle(firstDay, lastDay), periodDays(firstDay, lastDay)];
  return title === days ? days : `the ${title.toLowerCase()}`;
}

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
