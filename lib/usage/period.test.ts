import { expect, test } from "vitest";
import {
  mondayOf,
  periodBefore,
  quarterFrom,
  quarterOf,
  quarterWith,
  weekWords,
} from "./period.ts";

const q3 = { firstDay: "2026-07-01", lastDay: "2026-09-30" };

test("a quarter is one only when it is whole", () => {
  expect(quarterOf(q3)).toBe("2026-07-01");
  expect(quarterOf({ ...q3, lastDay: "2026-09-29" })).toBeNull();
  expect(quarterOf({ firstDay: "2026-07-02", lastDay: "2026-09-30" })).toBeNull();
  expect(quarterOf({ firstDay: "2026-08-01", lastDay: "2026-10-31" })).toBeNull();
});

test("what a period is compared with", () => {
  expect(periodBefore(q3)).toEqual({ firstDay: "2026-04-01", lastDay: "2026-06-30" });
  expect(periodBefore(quarterFrom("2026-01-01"))).toEqual(quarterFrom("2025-10-01"));
  expect(periodBefore({ firstDay: "2026-07-01", lastDay: "2026-08-15" })).toEqual({
    firstDay: "2026-05-16",
    lastDay: "2026-06-30",
  });
});

test.each([
  ["2026-01-01", "2025-12-29", "W1"],
  ["2026-12-31", "2026-12-28", "W53"],
  ["2027-01-03", "2026-12-28", "W53"],
  ["2027-01-04", "2027-01-04", "W1"],
])("%s is in the week of %s, %s", (day, monday, week) => {
  expect(mondayOf(day)).toBe(monday);
  expect(weekWords(monday)).toBe(week);
});

test.each([
  ["2026-09-30", "2026-07-01"],
  ["2026-10-01", "2026-10-01"],
  ["2026-12-31", "2026-10-01"],
])("%s is in the quarter from %s", (day, firstDay) => {
  expect(quarterWith(day)).toEqual(quarterFrom(firstDay));
});
