import { expect, test } from "vitest";
import { runsOf } from "./hour-map.tsx";

test("days that follow one another are one edge", () => {
  expect(runsOf([1, 2, 3, 4, 5])).toEqual([[1, 5]]);
  expect(runsOf([7, 1, 2, 4, 2])).toEqual([
    [1, 2],
    [4, 4],
    [7, 7],
  ]);
  expect(runsOf([])).toEqual([]);
});
