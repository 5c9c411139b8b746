import { afterEach, expect, test, vi } from "vitest";
import { sparing } from "./sparing.ts";

afterEach(() => vi.unstubAllGlobals());

test("memory is asked back after each mebibyte, all of it only where the heap has grown", () => {
  const gc = vi.fn();
  vi.stubGlobal("gc", gc);
  let used = 80 << 20;
  const spare = sparing(() => used);
  for (let piece = 0; piece < 31; piece += 1) spare(64 << 10);
  expect(gc.mock.calls).toEqual([[{ type: "minor" }]]);
  used += 12 << 20;
  spare(64 << 10);
  expect(gc.mock.calls.slice(1)).toEqual([[{ type: "minor" }], [{ type: "major" }]]);
  // What is in use after all was collected is what growth counts from.
  for (let piece = 0; piece < 16; piece += 1) spare(64 << 10);
  expect(gc.mock.calls.slice(3)).toEqual([[{ type: "minor" }]]);
});

test("without a way to ask nothing is asked", () => {
  vi.stubGlobal("gc", undefined);
  expect(() => sparing()(2 << 20)).not.toThrow();
});
