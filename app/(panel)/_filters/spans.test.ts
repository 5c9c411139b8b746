import { expect, test } from "vitest";
import { spansAt } from "./spans.ts";

const days = (at: string, zone = "UTC") =>
  spansAt(new Date(at), zone).map(({ from, to }) => `${from} ${to}`);

test("spans go to the day of now, and over the end of a year", () => {
  expect(days("2026-11-30T23:59:59Z")).toEqual([
    "2026-11-30 2026-11-30",
    "2026-11-24 2026-11-30",
    "2026-10-01 2026-11-30",
    "2026-07-01 2026-09-30",
  ]);
  expect(days("2026-01-02T00:00:00Z")).toEqual([
    "2026-01-02 2026-01-02",
    "2025-12-27 2026-01-02",
    "2026-01-01 2026-01-02",
    "2025-10-01 2025-12-31",
  ]);
  expect(days("2026-09-30T22:30:00Z", "Europe/Berlin").slice(0, 3)).toEqual([
    "2026-10-01 2026-10-01",
    "2026-09-25 2026-10-01",
    "2026-10-01 2026-10-01",
  ]);
});
