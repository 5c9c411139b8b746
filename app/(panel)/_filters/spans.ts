const dayMs = 86_400_000;
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Spans of days in a zone, both included, that are asked for often: up to today, and the quarter that is over. */
export function spansAt(now: Date, zone: string): { words: string; from: string; to: string }[] {
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(now);
  const [year, first] = [
    Number(today.slice(0, 4)),
    Math.floor((Number(today.slice(5, 7)) - 1) / 3) * 3,
  ];
  return [
    { words: "Today", from: today, to: today },
    { words: "7 days", from: dayOf(Date.parse(today) - 6 * dayMs), to: today },
    { words: "This quarter", from: dayOf(Date.UTC(year, first)), to: today },
    {
      words: "Last quarter",
      from: dayOf(Date.UTC(year, first - 3)),
      to: dayOf(Date.UTC(year, first) - dayMs),
    },
  ];
}
