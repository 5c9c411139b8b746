import { expect, it } from "vitest";
import { nextTry } from "./backoff.ts";

const since = new Date("2026-10-05T10:00:00Z");
const id = "0199b1c0-0000-7000-8000-00000000007f";

/** All tries of a receiver that never answers, in minutes since the first. */
function allTries(): number[] {
  const minutes: number[] = [];
  let at = since;
  for (let tries = 1; tries < 1000; tries += 1) {
    const next = nextTry({ tries, since, at, id });
    if (!next) return minutes;
    at = next;
    minutes.push((at.getTime() - since.getTime()) / 60_000);
  }
  throw new Error("It is never given up");
}

it("tries soon at first, at least hourly after, and gives up within a day and never before", () => {
  const minutes = allTries();
  expect(minutes.filter((m) => m < 2).length).toBeGreaterThanOrEqual(3);
  expect(minutes.filter((m) => m > 55 && m < 125).length).toBeGreaterThanOrEqual(1);
  const gaps = minutes.map((m, i) => m - (minutes[i - 1] ?? 0));
  expect(Math.max(...gaps)).toBeLessThanOrEqual(72);
  expect(minutes.at(-1)).toBeLessThanOrEqual(24 * 60);
  expect(minutes.at(-1)).toBeGreaterThan(22 * 60);
});

it("waits as long as the receiver asks for, and never less than is usual", () => {
  const wait = (after: number | null) =>
    ((nextTry({ tries: 1, since, at: since, after, id })?.getTime() ?? 0) - since.getTime()) / 1000;
  expect(wait(300)).toBe(300);
  expect(wait(0)).toBe(wait(null));
  expect(wait(null)).toBeGreaterThanOrEqual(4);
  expect(wait(null)).toBeLessThanOrEqual(6);
  expect(nextTry({ tries: 1, since, at: since, after: 90_000, id })).toBeNull();
  for (const never of [1e15, 1e20, Number.MAX_VALUE, Number.POSITIVE_INFINITY])
    expect(nextTry({ tries: 1, since, at: since, after: never, id })).toBeNull();
});

it("spreads those that failed together", () => {
  const at = (end: string) => nextTry({ tries: 5, since, at: since, id: id.slice(0, -2) + end });
  expect(at("00")).not.toEqual(at("ff"));
  expect(at("00")).toEqual(at("00"));
});
