import { expect, test, vi } from "vitest";
import { fileAnswer } from "./file-answer.ts";

test("who takes nothing for five minutes is let go, and what they had is ended", async () => {
  vi.useFakeTimers();
  let ended = 0;
  let closed = false;
  async function* bytes() {
    try {
      yield new Uint8Array([1]);
      yield new Uint8Array([2]);
    } finally {
      closed = true;
    }
  }
  const answer = fileAnswer({
    ...{ name: "a.zip", type: "application/zip", bytes: bytes() },
    onEnd: () => (ended += 1),
  });
  const reader = answer.body?.getReader();
  await vi.advanceTimersByTimeAsync(4 * 60_000);
  await reader?.read();
  await vi.advanceTimersByTimeAsync(4 * 60_000);
  expect(ended).toBe(0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([ended, closed]).toEqual([1, true]);
  await expect(reader?.read()).rejects.toThrow("Nobody took");
  vi.useRealTimers();
});
