import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AccessOver, whileLasting } from "./while-lasting.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function* pieces(closed: () => void = () => {}) {
  try {
    for (const piece of [1, 2, 3, 4]) yield piece;
  } finally {
    closed();
  }
}

test("asks before the first piece, once a second, and before the end", async () => {
  let asked = 0;
  const taken = whileLasting(pieces(), async () => {
    asked += 1;
    return true;
  });
  const counts: number[] = [];
  for await (const piece of taken) {
    counts.push(asked);
    if (piece === 2) vi.advanceTimersByTime(1000);
  }
  expect(counts).toEqual([1, 1, 2, 2]);
  expect(asked).toBe(3);
});

test("hands over nothing where it was over before", async () => {
  const taken = whileLasting(pieces(), async () => false);
  await expect(taken.next()).rejects.toThrow(AccessOver);
});

test("closes what it hands on where it is over meanwhile", async () => {
  let lasts = true;
  const closed = vi.fn();
  const taken = whileLasting(pieces(closed), async () => lasts);
  expect(await taken.next()).toEqual({ value: 1, done: false });
  lasts = false;
  vi.advanceTimersByTime(1000);
  await expect(taken.next()).rejects.toThrow(AccessOver);
  expect(closed).toHaveBeenCalledOnce();
});
