type Formats = { day: Intl.DateTimeFormat; time: Intl.DateTimeFormat };
/** Made once for a zone: to make one costs more than the rest of a message. */
const formats = new Map<string, Formats>();

function formatsOf(timeZone: string): Formats {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = {
    day: new Intl.DateTimeFormat("en-GB", { timeZone, day: "numeric", month: "short" }),
    time: new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }),
  };
  formats.set(timeZone, made);
  return made;
}

/** A time as its reader sees it, with its day where that is another, and the zone it is in: "14:20 (Europe/Berlin)". */
export function when(at: Date, { now, zone }: { now: Date; zone: string }): string {
  const { day, time } = formatsOf(zone);
  const isToday = day.format(at) === day.format(now);
  return `${isToday ? "" : `${day.format(at)}, `}${time.format(at)} (${zone})`;
}
