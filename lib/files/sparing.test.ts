import { afterEach, expect, test, vi } from "vitest";
import { sparing } from "./sparing.ts";

afterEach(() => vi.unstubAllGlobals());

test("memory is asked back after each mebibyte, all of it only where the heap has grown", () => {
  const gc = vi.fn();
  vi.stubGlobal("gc", gc);
  const spare = sparing();
  for (let piece = 0; piece < 31; piece += 1) spare(64 << 10);
  expect(gc.mock.calls).toEqual([[{ type: "minor" }]]);
  const held = Array.from({ length: 2_000_000 }, (_, n) => ({ n }));
  spare(64 << 10);
  expect(gc.mock.calls.slice(1)).toEqual([[{ type: "minor" }], [{ type: "major" }]]);
  expect(held).toHaveLength(2_000_000);
});

test("without a way to ask nothing is asked", () => {
  vi.stubGlobal("gc", undefined);
  expect(() => sparing()(2 << 20)).not.toThrow();
});
