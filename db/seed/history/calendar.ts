/** Days are written "2026-11-24"; a period has both of its ends. */
export type Period = { firstDay: string; lastDay: string };
/** The two quarters that the history is about, and the last day that has happened. */
export type Span = { first: Period; second: Period; until: string };

/** The zone of the demo's company, as its policy says. */
export const companyZone = "Europe/Berlin";
const dayMs = 86_400_000;
/** A quarter that has only begun shows nothing yet: then it is the two before it. */
const leastDays = 14;

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);

export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / dayMs);

/** Monday is 1. */
export const weekdayOf = (day: string): number => new Date(day).getUTCDay() || 7;

/** The quarter of a day, or one so many before it. */
export function quarterOf(day: string, before = 0): Period {
  const at = new Date(day);
  const month = Math.floor(at.getUTCMonth() / 3) * 3 - 3 * before;
  const iso = (from: number, date: number) =>
    new Date(Date.UTC(at.getUTCFullYear(), from, date)).toISOString().slice(0, 10);
  return { firstDay: iso(month, 1), lastDay: iso(month + 3, 0) };
}

/** What a history that is told today is about. */
export function spanOf(today: string): Span {
  const newest = daysBetween(quarterOf(today).firstDay, today) < leastDays ? 1 : 0;
  return {
    first: quarterOf(today, newest + 1),
    second: quarterOf(today, newest),
    until: addDays(today, -1),
  };
}

export const dayIn = (zone: string, at: Date): string => formatIn(zone).format(at).slice(0, 10);

/** The day in a period that is so far through what has happened of it: 0 its first, 1 the last. */
export function dayAt({ firstDay, lastDay }: Period, until: string, share: number): string {
  const end = lastDay < until ? lastDay : until;
  return addDays(firstDay, Math.round(share * daysBetween(firstDay, end)));
}

const formats = new Map<string, Intl.DateTimeFormat>();
function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  // Swedish writes a time as ISO 8601 does.
  const made = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "medium",
  });
  formats.set(zone, made);
  return made;
}

/** The moment at which clocks of a zone show this many minutes after midnight of a day. */
export function timeAt(day: string, minutes: number, zone: string): Date {
  const wanted = Date.parse(`${day}T00:00:00Z`) + minutes * 60_000;
  const shownAt = (at: number) => Date.parse(`${formatIn(zone).format(at).replace(" ", "T")}Z`);
  const guess = wanted - (shownAt(wanted) - Math.floor(wanted / 1000) * 1000);
  return new Date(guess + wanted - (shownAt(guess) + (((guess % 1000) + 1000) % 1000)));
}

/** How busy a support desk is on a day: nothing at weekends, little on holidays, less in summer. */
export function busyness(day: string): number {
  if (weekdayOf(day) > 5) return 0;
  const date = day.slice(5);
  if (date >= "12-24" || date === "01-01" || isEaster(day)) return 0.06;
  if (date >= "12-19" || date <= "01-05") return 0.4;
  return date >= "07-20" && date <= "08-25" ? 0.72 : 1;
}

/** Good Friday and Easter Monday (Meeus). */
function isEaster(day: string): boolean {
  const year = Number(day.slice(0, 4));
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const d =
    (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  const sunday = new Date(Date.UTC(year, Math.floor(f / 31) - 1, (f % 31) + 1))
    .toISOString()
    .slice(0, 10);
  return day === addDays(sunday, -2) || day === addDays(sunday, 1);
}
