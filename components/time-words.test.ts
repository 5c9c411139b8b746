import { expect, test } from "vitest";
import {
  ago,
  bandTime,
  clock,
  dated,
  durationInMinutes,
  durationWords,
  number,
  plainSpaces,
} from "./time-words.ts";

const now = new Date("2026-11-24T10:22:00Z");
const zone = "Europe/Berlin";

test.each([
  ["2026-11-24T10:21:52Z", "8\u00a0s ago"],
  ["2026-11-24T10:08:00Z", "14\u00a0min ago"],
  ["2026-11-24T07:02:00Z", "3\u00a0h ago"],
  ["2026-11-23T16:12:00Z", "18\u00a0h ago"],
  ["2026-11-23T10:12:00Z", "Yesterday, 11:12"],
  ["2026-10-12T12:02:00Z", "12 Oct, 14:02"],
  ["2026-09-09T12:02:00Z", "9 Sep, 14:02"],
  ["2025-03-04T09:00:00Z", "4 Mar 2025"],
])("%s was %s", (at, words) => {
  expect(ago(new Date(at), now, zone)).toBe(words);
});

test("the day is the reader's own", () => {
  const at = new Date("2026-11-23T23:30:00Z");
  expect(dated(at, now, "Europe/Berlin")).toBe("Today, 00:30");
  expect(dated(at, now, "America/Bogota")).toBe("Yesterday, 18:30");
});

test("a deadline is a clock time, with its day when that is another", () => {
  expect(clock(new Date("2026-11-24T13:20:00Z"), now, zone)).toBe("14:20");
  expect(clock(new Date("2026-11-25T09:36:00Z"), now, zone)).toBe("tomorrow, 10:36");
  expect(clock(new Date("2026-12-01T09:36:00Z"), now, zone)).toBe("1 Dec, 10:36");
  expect(clock(new Date("2026-11-24T09:41:07Z"), now, zone, true)).toBe("10:41:07");
});

test("durations", () => {
  expect([0, 52, 598, 1800, 3900, 21_600].map(durationWords)).toEqual([
    "0\u00a0s",
    "52\u00a0s",
    "9\u00a0min 58\u00a0s",
    "30\u00a0min",
    "1\u00a0h 5\u00a0min",
    "6\u00a0h",
  ]);
  expect([29, 598, 3580].map(durationInMinutes)).toEqual(["29\u00a0s", "10\u00a0min", "1\u00a0h"]);
  expect([-3, 42, 761, 3600].map(bandTime)).toEqual(["0:00", "0:42", "12:41", "1:00:00"]);
  expect(number(18_402)).toBe("18\u00a0402");
});

test("what is pasted elsewhere has plain spaces", () => {
  expect(plainSpaces(durationWords(598))).toBe("9 min 58 s");
});
