import { expect, test } from "vitest";
import { Lane } from "#db/lane.ts";
import { fileAnswer } from "./file-answer.ts";
import { inTurn } from "./in-turn.ts";

async function* pieces() {
  yield new Uint8Array([1]);
  yield new Uint8Array([2]);
}
const { signal } = new AbortController();
const taken = (lane: Lane, bytes: () => AsyncGenerator<Uint8Array> = pieces) =>
  inTurn(lane, "Others take theirs.", async (onEnd) =>
    fileAnswer({ name: "a.zip", type: "application/zip", bytes: bytes(), signal, onEnd }),
  );
const isFree = async (lane: Lane) => (await taken(lane)).status === 200;

test("who finds no place is told when to ask again, and what they asked for is not begun", async () => {
  const lane = new Lane(1, 0);
  const first = await taken(lane);
  let begun = false;
  const refused = await inTurn(lane, "Others take theirs.", async () => {
    begun = true;
    return new Response();
  });
  expect(refused.status).toBe(503);
  expect(refused.headers.get("retry-after")).toBe("60");
  expect(await refused.json()).toMatchObject({
    title: "Busy",
    detail: "Others take theirs. Nothing happened: try again in a minute.",
  });
  expect(begun).toBe(false);
  expect([...(await first.bytes())]).toEqual([1, 2]);
  expect(await isFree(lane)).toBe(true);
});

test("whoever goes away, before the first piece or after it, leaves the place", async () => {
  const lane = new Lane(1, 0);
  await (await taken(lane)).body?.cancel();
  const reader = (await taken(lane)).body?.getReader();
  await reader?.read();
  await reader?.cancel();
  expect(await isFree(lane)).toBe(true);
});

test("what breaks off, or was never made, leaves the place", async () => {
  const lane = new Lane(1, 0);
  const broken = await taken(lane, async function* () {
    yield new Uint8Array([1]);
    throw new Error("It broke");
  });
  await expect(broken.bytes()).rejects.toThrow("It broke");
  const unmade = inTurn(lane, "", () => Promise.reject(new Error("Not made")));
  await expect(unmade).rejects.toThrow("Not made");
  expect(await isFree(lane)).toBe(true);
});
