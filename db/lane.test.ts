import { expect, test, vi } from "vitest";
import { Lane } from "./lane.ts";

test("who comes later waits for who came before, in order", async () => {
  const lane = new Lane(2, 60_000);
  const [one, two] = [await lane.enter(), await lane.enter()];
  const order: string[] = [];
  const third = lane.enter().then((leave) => {
    order.push("third");
    return leave;
  });
  const fourth = lane.enter().then((leave) => {
    order.push("fourth");
    return leave;
  });
  await Promise.resolve();
  expect(order).toEqual([]);
  one();
  // Twice is once.
  one();
  (await third)();
  await fourth;
  expect(order).toEqual(["third", "fourth"]);
  two();
});

test("nobody waits for ever, and a place that nobody waits for any more is free", async () => {
  vi.useFakeTimers();
  const lane = new Lane(1, 1000);
  const leave = await lane.enter();
  const late = expect(lane.enter()).rejects.toThrow("Too many");
  await vi.advanceTimersByTimeAsync(1000);
  await late;
  leave();
  (await lane.enter())();
  vi.useRealTimers();
});
