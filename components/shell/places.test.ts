import { expect, test } from "vitest";
import { currentOf } from "./places.ts";

const hrefs = ["/", "/requests", "/sessions", "/sessions/live", "/audit"];

test.each([
  ["/", "/"],
  ["/customers/1/start", "/"],
  ["/start", "/"],
  ["/sessions/1", "/sessions"],
  ["/sessions/live", "/sessions/live"],
  ["/audit/exports/1", "/audit"],
  ["/startled", undefined],
  ["/me/devices", undefined],
])("%s is within %s", (path, place) => {
  expect(currentOf(hrefs, path)).toBe(place);
});

test.each([
  ["/sessions/1", "/sessions/live", "/sessions/live"],
  ["/sessions/1", "/sessions", "/sessions"],
  ["/sessions/1", "/requests", "/sessions"],
  ["/sessions/live", "/sessions", "/sessions/live"],
  ["/customers/1", "/", "/"],
])("%s that leads back to %s stands in %s", (path, crumb, place) => {
  expect(currentOf(hrefs, path, crumb)).toBe(place);
});
