export const rhythms = ["month", "quarter", "year"] as const;
export type Rhythm = (typeof rhythms)[number];

const months: Record<Rhythm, number> = { month: 1, quarter: 3, year: 12 };

/** The next date of a rhythm after `date`, on `day` of the month or on its last day where it is shorter. */
export function nextDate(date: string, every: Rhythm, day: number): string {
  const [year = 0, month = 1] = date.split("-").map(Number);
  const later = new Date(Date.UTC(year, month - 1 + months[every], 1));
  const last = new Date(Date.UTC(later.getUTCFullYear(), later.getUTCMonth() + 1, 0)).getUTCDate();
  later.setUTCDate(Math.min(day, last));
  return later.toISOString().slice(0, 10);
}

/** `2026-11-24` and 30 days. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
