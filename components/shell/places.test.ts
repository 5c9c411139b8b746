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
