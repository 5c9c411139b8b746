import { expect, it, test } from "vitest";
import { factsOf, rulesOf, start } from "../testing.ts";
import { isOutside, outsideHours } from "./outside-hours.ts";

const rules = rulesOf();
const find = (at: string, over: Partial<Parameters<typeof start>[0]> = {}) =>
  outsideHours.find(factsOf({ starts: [start({ at: Date.parse(at), ...over })] }), rules);

test.each([
  // Berlin: an hour ahead in winter, two in summer. Hours are 7 to 19, Monday to Friday.
  ["2026-11-16T05:59:59Z", true],
  ["2026-11-16T06:00:00Z", false],
  ["2026-11-16T17:59:59Z", false],
  ["2026-11-16T18:00:00Z", true],
  ["2026-07-13T04:59:59Z", true],
  ["2026-07-13T05:00:00Z", false],
  ["2026-11-14T11:00:00Z", true],
])("%s is outside in Berlin: %s", (at, outside) => {
  expect(find(at)).toHaveLength(outside ? 1 : 0);
});

test.each([
  // The clocks of Berlin go back on 25 Oct 2026, those of New York on 1 Nov.
  ["2026-10-23T16:59:00Z", "Europe/Berlin", false],
  ["2026-10-23T17:00:00Z", "Europe/Berlin", true],
  ["2026-10-26T17:00:00Z", "Europe/Berlin", false],
  ["2026-10-26T18:00:00Z", "Europe/Berlin", true],
  ["2026-10-30T22:30:00Z", "America/New_York", false],
  ["2026-11-02T22:30:00Z", "America/New_York", false],
  ["2026-11-02T11:30:00Z", "America/New_York", true],
  // A Monday morning in Auckland is a Sunday here.
  ["2026-11-15T20:00:00Z", "Pacific/Auckland", false],
])("%s in %s is outside: %s", (at, zone, outside) => {
  expect(isOutside(Date.parse(at), zone, rules)).toBe(outside);
});

it("finds nothing that is explained, or that was read before", () => {
  expect(find("2026-11-16T02:00:00Z", { explained: true })).toEqual([]);
  expect(find("2026-11-16T02:00:00Z", { began: false, ended: true })).toEqual([]);
});

it("takes an hour at which the actor often works on tickets for a night shift", () => {
  const at = "2026-11-16T02:00:00Z";
  const night = (n: number, hour = 1) => Date.parse(`2026-11-${10 + n}T0${hour}:30:00Z`);
  const few = [0, 1, 2, 3].map((n) => night(n));
  expect(find(at, { usualTimes: few })).toHaveLength(1);
  expect(find(at, { usualTimes: [...few, night(4)] })).toEqual([]);
  // Nearly five hours earlier, or in working hours, is another time of day.
  const evenings = [0, 1, 2, 3, 4].map((n) => night(n) - 5 * 3_600_000);
  expect(find(at, { usualTimes: evenings })).toHaveLength(1);
});

it("takes the days of a weekend for usual where the actor often works on tickets then, not its nights", () => {
  const sunday = "2026-11-15T10:00:00Z";
  const saturdays = [7, 14].flatMap((day) =>
    [8, 12, 16].map((hour) =>
      Date.parse(`2026-11-${String(day).padStart(2, "0")}T${String(hour).padStart(2, "0")}:00:00Z`),
    ),
  );
  expect(find(sunday, { usualTimes: saturdays.slice(2) })).toHaveLength(1);
  expect(find(sunday, { usualTimes: saturdays.slice(1) })).toEqual([]);
  expect(find("2026-11-15T02:00:00Z", { usualTimes: saturdays })).toHaveLength(1);
  // Nor does working through the week.
  const weekdays = [9, 10, 11, 12, 13].map((day) =>
    Date.parse(`2026-11-${String(day).padStart(2, "0")}T15:00:00Z`),
  );
  expect(find(sunday, { usualTimes: weekdays })).toHaveLength(1);
});

it("reads a zone that nobody knows as UTC, and finds what is outside of its hours", () => {
  const night = start({ at: Date.parse("2026-11-16T02:00:00Z") });
  const day = start({ at: Date.parse("2026-11-16T12:00:00Z") });
  for (const zone of ["", "Mars/Olympus", "UTC"]) {
    const found = outsideHours.find(factsOf({ starts: [night, day], zoneOf: () => zone }), rules);
    expect(found.flatMap(({ evidence }) => evidence.items.map(({ id }) => id))).toEqual([night.id]);
  }
});

it("says when, in the actor's zone", () => {
  const starts = ["2026-11-14T22:10:00Z", "2026-11-17T21:30:00Z"].map((at) =>
    start({ at: Date.parse(at) }),
  );
  const [found] = outsideHours.find(factsOf({ starts }), rules);
  expect(found && outsideHours.words(found.evidence, "Europe/Berlin")).toBe(
    "2 sessions outside working hours on 14–17 Nov, at 23:10, 22:30 (Europe/Berlin), without a ticket.",
  );
});
