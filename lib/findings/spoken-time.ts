/** To make a format costs more than to use it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** One row that names no zone must not keep the log from being read. */
function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}

function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    timeZone: isZone(zone) ? zone : "UTC",
    year: "numeric",
    month: "short",
    day: "numeric",
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  formats.set(zone, made);
  return made;
}

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** An instant on the wall clock of a zone, whatever the zone's offset is then. */
export function wallClock(at: number, zone: string) {
  const parts = formatIn(zone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((one) => one.type === type)?.value ?? "";
  const hour = Number(part("hour"));
  const minute = Number(part("minute"));
  return {
    day: `${part("day")} ${part("month").slice(0, 3)}`,
    year: part("year"),
    clock: `${part("hour")}:${part("minute")}`,
    weekday: part("weekday"),
    /** By ISO number: Monday is 1. */
    isoDay: weekdays.indexOf(part("weekday")) + 1,
    hour,
    minuteOfDay: hour * 60 + minute,
  };
}

/** "14 Nov, 22:10", "14 Nov, 22:10–23:04", "14 Nov, 22:10, to 16 Nov, 08:12". */
export function spoken(from: number, to: number, zone: string): string {
  const a = wallClock(from, zone);
  const b = wallClock(to, zone);
  if (a.day !== b.day || a.year !== b.year) return `${a.day}, ${a.clock}, to ${b.day}, ${b.clock}`;
  return a.clock === b.clock ? `${a.day}, ${a.clock}` : `${a.day}, ${a.clock}–${b.clock}`;
}

/** "14 Nov", "14–17 Nov", "28 Oct to 3 Nov": the days of a zone from the first to the last. */
export function spokenDays(from: number, to: number, zone: string): string {
  const a = wallClock(from, zone).day;
  const b = wallClock(to, zone).day;
  if (a === b) return a;
  const [firstDay, firstMonth] = a.split(" ");
  const [lastDay, lastMonth] = b.split(" ");
  return firstMonth === lastMonth ? `${firstDay}–${lastDay} ${lastMonth}` : `${a} to ${b}`;
}

type Timed = readonly { at: string }[];
const first = (list: Timed): number => Date.parse(list.at(0)?.at ?? "");
const last = (list: Timed): number => Date.parse(list.at(-1)?.at ?? "");

/** The days, or the span, of things in the order of time. */
export const daysOf = (list: Timed, zone: string): string =>
  list.length === 0 ? "no day" : spokenDays(first(list), last(list), zone);
export const spanOf = (list: Timed, zone: string): string =>
  list.length === 0 ? "no time" : spoken(first(list), last(list), zone);

/** "1 account", "8 accounts". */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${n} ${n === 1 ? one : many}`;
