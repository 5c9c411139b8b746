import { dayOnly } from "#components/time-words.ts";
import type { Tier } from "#lib/vocabulary.ts";

export const tierWords: Record<Tier, string> = {
  standard: "Standard",
  enterprise: "Enterprise",
  regulated: "Regulated",
};

/** "1 Jul 2026 to 7 Jul 2026", "1 Jul to 7 Jul" in this year. */
export function daysWords(from?: string, to?: string, now = new Date()): string {
  const words = (day: string) => dayOnly(new Date(day), now, "UTC");
  if (from && to) return from === to ? words(from) : `${words(from)} to ${words(to)}`;
  if (from) return `from ${words(from)}`;
  return to ? `until ${words(to)}` : "";
}

const weekdays = [
  "",
  "Mondays",
  "Tuesdays",
  "Wednesdays",
  "Thursdays",
  "Fridays",
  "Saturdays",
  "Sundays",
];

/** Beside a list by hours: figures were counted by the zone of the day, and no list can go by that any more. */
export const ownTimeNote =
  "Hours are those of each actor’s zone of today. The figures of a review went by the zone that each had then, so for somebody whose zone has changed since the two may differ.";

/** "Tuesdays, 21:00 to 22:00" */
export function hourWords(weekday?: string, hour?: string): string {
  const clock = (n: number) => `${String(n).padStart(2, "0")}:00`;
  const within = hour ? `${clock(Number(hour))} to ${clock((Number(hour) + 1) % 24)}` : "";
  return [weekdays[Number(weekday)] ?? "", within].filter(Boolean).join(", ");
}
