import { expect, test } from "vitest";
import { dayRuns } from "./day-runs.ts";

test("days that follow one another are one edge", () => {
  expect(dayRuns([1, 2, 3, 4, 5])).toEqual([[1, 5]]);
  expect(dayRuns([7, 1, 2, 4, 2])).toEqual([
    [1, 2],
    [4, 4],
    [7, 7],
  ]);
  expect(dayRuns([])).toEqual([]);
});
