import { expect, test } from "vitest";
import { daysOf, sessionsHref } from "./days.ts";

const q3 = { firstDay: "2026-07-01", lastDay: "2026-09-30" };

test("a whole quarter: its weeks, the first and the last cut to it", () => {
  const { weeks, isRunning } = daysOf(q3, "Europe/Berlin", new Date("2026-11-28T12:00:00Z"));
  expect(weeks).toHaveLength(14);
  expect(weeks[0]).toEqual({
    monday: "2026-06-29",
    words: "W27",
    isRunning: false,
    from: "2026-07-01",
    to: "2026-07-05",
  });
  expect(weeks.at(-1)).toMatchObject({ words: "W40", from: "2026-09-28", to: "2026-09-30" });
  expect(isRunning).toBe(false);
});

test("one that runs: up to this week, in the company's zone", () => {
  const at = new Date("2026-07-12T22:30:00Z");
  expect(daysOf(q3, "UTC", at).weeks.map(({ words }) => words)).toEqual(["W27", "W28"]);
  const berlin = daysOf(q3, "Europe/Berlin", at);
  expect(berlin.weeks.map(({ isRunning }) => isRunning)).toEqual([false, false, true]);
  expect(berlin.isRunning).toBe(true);
});

test("a bar leads to the sessions that it counts", () => {
  expect(sessionsHref({ from: "2026-07-01", to: "2026-07-05" }, { tier: "regulated" })).toBe(
    "/sessions?from=2026-07-01&to=2026-07-05&tier=regulated",
  );
});
