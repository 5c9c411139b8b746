import { expect, it } from "vitest";
import { spoken, spokenDays, wallClock } from "./spoken-time.ts";

const at = (text: string) => Date.parse(text);

it("speaks of a span on one day, over midnight, and of one moment", () => {
  const zone = "Europe/Berlin";
  expect(spoken(at("2026-11-14T21:10:00Z"), at("2026-11-14T22:04:00Z"), zone)).toBe(
    "14 Nov, 22:10–23:04",
  );
  expect(spoken(at("2026-11-14T22:30:00Z"), at("2026-11-14T23:30:00Z"), zone)).toBe(
    "14 Nov, 23:30, to 15 Nov, 00:30",
  );
  expect(spoken(at("2026-09-14T21:10:00Z"), at("2026-09-14T21:10:00Z"), zone)).toBe(
    "14 Sep, 23:10",
  );
});

it("speaks of days", () => {
  expect(spokenDays(at("2026-11-14T10:00:00Z"), at("2026-11-17T10:00:00Z"), "UTC")).toBe(
    "14–17 Nov",
  );
  expect(spokenDays(at("2026-10-28T10:00:00Z"), at("2026-11-03T10:00:00Z"), "UTC")).toBe(
    "28 Oct to 3 Nov",
  );
});

it("reads the clock of a zone that there is none as UTC", () => {
  expect(wallClock(at("2026-11-14T10:00:00Z"), "Mars/Olympus")).toMatchObject({
    hour: 10,
    isoDay: 6,
  });
});
