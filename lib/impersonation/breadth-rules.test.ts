import { describe, expect, it } from "vitest";
import { type Breadth, breadthNear, breadthReached, warnedFrom } from "./breadth-rules.ts";

const at = new Date("2026-11-24T12:00:00Z");
const limits = { hour: 20, day: 120 };
const minutesAgo = (n: number) => new Date(at.getTime() - n * 60_000);
const stands = (over: Partial<Breadth>): Breadth => ({
  hour: 0,
  day: 0,
  knownAt: null,
  liftedUntil: null,
  at,
  ...over,
});

describe("breadthReached", () => {
  it.each([
    ["one below in the hour", { hour: 19, day: 19 }, null],
    ["as many as the hour allows", { hour: 20, day: 20 }, "hour"],
    ["as many as the day allows", { hour: 3, day: 120 }, "day"],
    ["the same person within the hour", { hour: 20, day: 120, knownAt: minutesAgo(59) }, null],
    [
      "the same person of this day, the hour full",
      { hour: 20, day: 50, knownAt: minutesAgo(60) },
      "hour",
    ],
    [
      "the same person of this day, the day full",
      { hour: 3, day: 120, knownAt: minutesAgo(90) },
      null,
    ],
    ["lifted", { hour: 40, day: 400, liftedUntil: minutesAgo(-1) }, null],
  ])("%s", (_, over, window) =>
    expect(breadthReached(stands(over), limits)?.window ?? null).toBe(window),
  );
});

it("warns from four fifths on", () => {
  expect([1, 4, 5, 20, 120].map(warnedFrom)).toEqual([1, 4, 4, 16, 96]);
  expect(breadthNear({ hour: 15, day: 95 }, limits)).toEqual([]);
  expect(breadthNear({ hour: 16, day: 119 }, limits).map(({ window }) => window)).toEqual([
    "day",
    "hour",
  ]);
});
