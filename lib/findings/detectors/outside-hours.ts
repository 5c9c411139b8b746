import type { DetectorRule, Rules, Start } from "../facts.ts";
import { foundByActor, itemOf } from "../items.ts";
import { counted, daysOf, wallClock } from "../spoken-time.ts";

const nearMinutes = 120;
const dayMinutes = 24 * 60;

/** Whether a time is outside the working hours on the wall clock of a zone; a night of the clock's change too. */
export function isOutside(at: number, zone: string, { workingHours }: Pick<Rules, "workingHours">) {
  const { isoDay, hour } = wallClock(at, zone);
  const { from, to, days } = workingHours;
  return !days.includes(isoDay) || hour < from || hour >= to;
}

/** Whether it is by day, on a day on which nobody works. */
function isDayOff(at: number, zone: string, { workingHours }: Pick<Rules, "workingHours">) {
  const { isoDay, hour } = wallClock(at, zone);
  const { from, to, days } = workingHours;
  return !days.includes(isoDay) && hour >= from && hour < to;
}

/** Outside the working hours of the actor's zone, and not at an hour at which the actor usually works on tickets. */
export const outsideHours: DetectorRule = {
  name: "outside_hours",
  reads: ["started"],
  find({ starts, zoneOf, isDisposed }, rules) {
    const outside = starts.filter((start) => {
      const zone = zoneOf(start.actorId);
      return (
        start.began &&
        !start.explained &&
        !isDisposed("outside_hours", start.id) &&
        isOutside(start.at, zone, rules) &&
        !isUsual(start, zone, rules)
      );
    });
    return foundByActor("outside_hours", outside, (start) =>
      itemOf(start, { note: noteOf(start.at, zoneOf(start.actorId)) }),
    );
  },
  words({ items }, zone) {
    const times = items.map(({ at }) => Date.parse(at));
    const clocks = new Set(times.map((at) => wallClock(at, zone).clock));
    const some = [...clocks].slice(0, 5).join(", ");
    const more = clocks.size > 5 ? " and other times" : "";
    return `${counted(items.length, "session")} outside working hours on ${daysOf(items, zone)}, at ${some}${more} (${zone}), without a ticket.`;
  },
};

/**
 * Only what was explained shows that somebody works at such hours: looking around at night is no habit to learn. Who is
 * on call at weekends works there through the day.
 */
function isUsual(start: Start, zone: string, rules: Rules): boolean {
  const least = rules.usualHourSessions;
  const byDay = isDayOff(start.at, zone, rules)
    ? start.usualTimes.filter((at) => isDayOff(at, zone, rules))
    : [];
  const minute = wallClock(start.at, zone).minuteOfDay;
  const near = start.usualTimes.filter((at) => {
    const away = Math.abs(wallClock(at, zone).minuteOfDay - minute);
    return Math.min(away, dayMinutes - away) <= nearMinutes && isOutside(at, zone, rules);
  });
  return near.length >= least || byDay.length >= least;
}

function noteOf(at: number, zone: string): string {
  const { weekday, clock } = wallClock(at, zone);
  return `${weekday}, ${clock}`;
}
