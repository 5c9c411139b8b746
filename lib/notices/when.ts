/** A time as its reader sees it, with its day where that is another, and the zone it is in: "14:20 (Europe/Berlin)". */
export function when(at: Date, { now, zone }: { now: Date; zone: string }): string {
  const day = (of: Date) =>
    new Intl.DateTimeFormat("en-GB", { timeZone: zone, day: "numeric", month: "short" }).format(of);
  const time = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
  }).format(at);
  return `${day(at) === day(now) ? "" : `${day(at)}, `}${time} (${zone})`;
}
