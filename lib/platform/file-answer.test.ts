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
  const answer = await fileAnswer({
    ...{
      name: "a.zip",
      type: "application/zip",
      bytes: bytes(),
      signal: new AbortController().signal,
    },
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

const file = (bytes: AsyncGenerator<Uint8Array>, signal: AbortSignal) => ({
  ...{ name: "a.zip", type: "application/zip", bytes, signal },
});

test("whoever goes away while the answer is made, or before it is read, is told to what was begun", async () => {
  for (const moment of ["while it is made", "before it is read"]) {
    const reader = new AbortController();
    const left: string[] = [];
    async function* bytes() {
      try {
        if (moment === "while it is made") reader.abort();
        yield new Uint8Array([1]);
      } finally {
        left.push("closed");
      }
    }
    const onEnd = () => left.push("ended");
    const answer = await fileAnswer({ ...file(bytes(), reader.signal), onEnd });
    reader.abort();
    await expect(answer.bytes()).rejects.toThrow();
    expect(left.toSorted()).toEqual(["closed", "ended"]);
  }
});

test("what fails before its first piece is no answer", async () => {
  let ended = 0;
  // biome-ignore lint/correctness/useYield: it fails before.
  async function* bytes(): AsyncGenerator<Uint8Array> {
    throw new Error("It failed");
  }
  const { signal } = new AbortController();
  const failed = fileAnswer({ ...file(bytes(), signal), onEnd: () => (ended += 1) });
  await expect(failed).rejects.toThrow("It failed");
  expect(ended).toBe(1);
});
