import { dayOnly } from "#components/time-words.ts";

/** A day of the calendar: "7 Dec", "7 Dec 2025" in another year. */
export function Day({ day, now }: { day: string | null; now: Date }) {
  if (!day) return null;
  return <time dateTime={day}>{dayOnly(new Date(`${day}T00:00:00Z`), now, "UTC")}</time>;
}
