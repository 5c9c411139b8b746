import { expect, it } from "vitest";
import { halvesOf } from "./missed.ts";
import type { Read } from "./read-on.ts";

const none: Read = { read: 0, started: [], ended: [], written: [], approved: [], refused: [] };

it("parts what was missed into two, with nothing lost and nothing twice", () => {
  const read = { ...none, started: ["a", "b", "c"], ended: ["a"], refused: ["d"] };
  const [one, other] = halvesOf(read) ?? [none, none];
  expect(one).toEqual({ ...none, started: ["a", "b", "c"] });
  expect(other).toEqual({ ...none, ended: ["a"], refused: ["d"] });
});

it("does not part one thing, nor nothing", () => {
  expect(halvesOf({ ...none, approved: ["a"] })).toBeNull();
  expect(halvesOf(none)).toBeNull();
});
