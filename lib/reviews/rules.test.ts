import { expect, test } from "vitest";
import { periodDays } from "#lib/kernel/days.ts";
import { freeSlug, periodTitle, quarterOf, slugOf } from "./rules.ts";

test.each([
  ["2026-10-01", "2026-12-31", "2026-q4", "Fourth quarter 2026"],
  ["2026-01-01", "2026-03-31", "2026-q1", "First quarter 2026"],
  ["2026-04-01", "2026-06-30", "2026-q2", "Second quarter 2026"],
  ["2026-07-01", "2026-08-15", "2026-07-01-to-2026-08-15", "1 July to 15 August 2026"],
  ["2026-10-02", "2026-12-31", "2026-10-02-to-2026-12-31", "2 October to 31 December 2026"],
  ["2025-10-01", "2026-12-31", "2025-10-01-to-2026-12-31", "1 October 2025 to 31 December 2026"],
])("%s to %s is %s", (firstDay, lastDay, slug, title) => {
  expect(slugOf(firstDay, lastDay)).toBe(slug);
  expect(periodTitle(firstDay, lastDay)).toBe(title);
});

test("an address that is taken gets the next number", () => {
  expect(freeSlug("2026-q4", [])).toBe("2026-q4");
  expect(freeSlug("2026-q4", ["2026-q4", "2026-q4-2"])).toBe("2026-q4-3");
});

test("a quarter's address stands for its days, and no other does", () => {
  for (const n of [1, 2, 3, 4]) {
    const days = quarterOf(`2026-q${n}`);
    expect(days && slugOf(days.firstDay, days.lastDay)).toBe(`2026-q${n}`);
  }
  for (const slug of ["2026-q5", "2026-q0", "1026-q1", "2026-q1-2", "2026", "q1", ""])
    expect(quarterOf(slug)).toBe(null);
});

test("days of one year name it once", () => {
  expect(periodDays("2026-10-01", "2026-12-31")).toBe("1 October to 31 December 2026");
});
