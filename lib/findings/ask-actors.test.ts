import { expect, test } from "vitest";
import { isEvening } from "./ask-actors.ts";

test.each([
  ["2026-11-16T15:59:59Z", "Europe/Berlin", false],
  ["2026-11-16T16:00:00Z", "Europe/Berlin", true],
  ["2026-11-16T18:59:59Z", "Europe/Berlin", true],
  ["2026-11-16T19:00:00Z", "Europe/Berlin", false],
  ["2026-07-16T15:00:00Z", "Europe/Berlin", true],
  ["2026-11-16T01:30:00Z", "America/Los_Angeles", true],
])("%s is evening in %s: %s", (at, zone, evening) => {
  expect(isEvening(new Date(at), zone)).toBe(evening);
});
