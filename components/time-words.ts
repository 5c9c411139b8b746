const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const minute = 60_000;
const day = 24 * 60 * minute;

type Parts = {
  year: string;
  month: string;
  day: string;
  clock: string;
  seconds: string;
  zone: string;
};

/** To make one costs more than all the rest of a page's row: one a zone is kept. */
const formats = new Map<string, Intl.DateTimeFormat>();
function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  });
  formats.set(zone, made);
  return made;
}

/** The same few times stand on page after page. */
const known = new Map<string, Parts>();
const mostKnown = 2000;

/** An instant on the wall clock of a zone (IANA name). */
function partsIn(zone: string, at: Date): Parts {
  const key = `${zone} ${at.getTime()}`;
  const before = known.get(key);
  if (before) return before;
  if (known.size >= mostKnown) known.clear();
  const parts = readParts(zone, at);
  known.set(key, parts);
  return parts;
}

function readParts(zone: string, at: Date): Parts {
  const parts = formatIn(zone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((one) => one.type === type)?.value ?? "";
  return {
    year: part("year"),
    month: months[Number(part("month")) - 1] ?? "",
    day: String(Number(part("day"))),
    clock: `${part("hour")}:${part("minute")}`,
    seconds: part("second"),
    zone: part("timeZoneName"),
  };
}

const dateOf = (parts: Parts): string => `${parts.day} ${parts.month} ${parts.year}`;
const sameDay = (a: Parts, b: Parts): boolean => dateOf(a) === dateOf(b);

/** "Berlin" of Europe/Berlin: how a zone is named in a sentence, and over a column. */
export const cityOf = (zone: string): string =>
  zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone;

/** The whole of it, for the hover and for paper: "24 Nov 2026, 10:08 GMT", which may end a line after the date only. */
export function absolute(at: Date, zone: string): string {
  const parts = partsIn(zone, at);
  return `${dateOf(parts)}, ${parts.clock} ${parts.zone}`.replaceAll(/(?<!,) /g, "\u00a0");
}

/** "14 min ago", "3 h ago"; from a day on "Yesterday, 17:12", "12 Oct, 14:02", "4 Mar 2025". */
export function ago(at: Date, now: Date, zone: string): string {
  const past = now.getTime() - at.getTime();
  if (past < 0) return dated(at, now, zone);
  if (past < minute) return `${withUnit(Math.floor(past / 1000), "s")} ago`;
  if (past < 60 * minute) return `${withUnit(Math.floor(past / minute), "min")} ago`;
  if (past < day) return `${withUnit(Math.floor(past / (60 * minute)), "h")} ago`;
  return dated(at, now, zone);
}

/** By the calendar of the zone: "Today, 10:29", "Yesterday, 17:12", "12 Oct, 14:02", "4 Mar 2025". */
export function dated(at: Date, now: Date, zone: string): string {
  const parts = partsIn(zone, at);
  const near = nearDay(at, now, zone);
  if (near) return `${near}, ${parts.clock}`;
  if (parts.year === daysAround(now, zone).today.year)
    return `${parts.day} ${parts.month}, ${parts.clock}`;
  return dateOf(parts);
}

/** Clock time, for deadlines and what is live: "14:20", with the day when it is another: "tomorrow, 10:36". */
export function clock(at: Date, now: Date, zone: string, seconds = false): string {
  const parts = partsIn(zone, at);
  const time = seconds ? `${parts.clock}:${parts.seconds}` : parts.clock;
  if (sameDay(parts, daysAround(now, zone).today)) return time;
  const near = nearDay(at, now, zone);
  const date =
    parts.year === daysAround(now, zone).today.year ? `${parts.day} ${parts.month}` : dateOf(parts);
  return `${near?.toLowerCase() ?? date}, ${time}`;
}

/** "12 Oct", or "4 Mar 2025" in another year. */
export function dayOnly(at: Date, now: Date, zone: string): string {
  const parts = partsIn(zone, at);
  const day =
    parts.year === daysAround(now, zone).today.year ? `${parts.day} ${parts.month}` : dateOf(parts);
  return day.replaceAll(" ", "\u00a0");
}

function nearDay(at: Date, now: Date, zone: string): "Today" | "Yesterday" | "Tomorrow" | null {
  const parts = partsIn(zone, at);
  const { today, yesterday, tomorrow } = daysAround(now, zone);
  if (sameDay(parts, today)) return "Today";
  if (sameDay(parts, yesterday)) return "Yesterday";
  if (sameDay(parts, tomorrow)) return "Tomorrow";
  return null;
}

type Days = { within: number; today: Parts; yesterday: Parts; tomorrow: Parts };
/** By zone. A day begins with a minute, so that they are the same within one. */
const knownDays = new Map<string, Days>();

function daysAround(now: Date, zone: string): Days {
  const within = Math.floor(now.getTime() / minute);
  const known = knownDays.get(zone);
  if (known?.within === within) return known;
  const days = {
    within,
    today: partsIn(zone, now),
    yesterday: partsIn(zone, new Date(now.getTime() - day)),
    tomorrow: partsIn(zone, new Date(now.getTime() + day)),
  };
  knownDays.set(zone, days);
  return days;
}

type Unit = "s" | "min" | "h";

/** "30 min", which no end of a line parts. */
export const withUnit = (n: number | string, unit: Unit): string => `${n}\u00a0${unit}`;

/** The same for what is pasted elsewhere: plain spaces. */
export const plainSpaces = (text: string): string => text.replaceAll("\u00a0", " ");

/** "52 s", "9 min 58 s", "30 min", "6 h", "1 h 5 min". Seconds in, whole ones; negative counts as 0. */
export function durationWords(seconds: number): string {
  const s = Math.max(0, Math.floor(seconds));
  const min = Math.floor(s / 60);
  const pair = (a: string, n: number, unit: Unit) => (n > 0 ? `${a} ${withUnit(n, unit)}` : a);
  if (s < 60) return withUnit(s, "s");
  if (min < 60) return pair(withUnit(min, "min"), s % 60, "s");
  return pair(withUnit(Math.floor(min / 60), "h"), min % 60, "min");
}

/** The same to the minute: "12 min", "1 h 5 min"; under a minute in seconds. */
export const durationInMinutes = (seconds: number): string =>
  durationWords(seconds < 60 ? seconds : 60 * Math.round(seconds / 60));

/** In a band: "12:41", "1:00:00". */
export function bandTime(seconds: number): string {
  const s = Math.max(0, Math.floor(seconds));
  const two = (n: number) => String(n).padStart(2, "0");
  const hours = Math.floor(s / 3600);
  const min = Math.floor((s % 3600) / 60);
  return hours > 0 ? `${hours}:${two(min)}:${two(s % 60)}` : `${min}:${two(s % 60)}`;
}

const numbers = new Intl.NumberFormat("en-GB");

/** Thousands by no-break spaces: "18 402". */
export const number = (n: number): string => numbers.format(n).replaceAll(",", "\u00a0");

/** "14 %", with a space that holds both together; "–" of nothing. */
export const percent = (part: number, whole: number): string =>
  whole === 0 ? "–" : `${Math.round((100 * part) / whole)}\u00a0%`;
