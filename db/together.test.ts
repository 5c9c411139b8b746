import { drizzle } from "drizzle-orm/node-postgres";
import { expect, it } from "vitest";
import { together } from "./together.ts";

// Never asked: what is read here is in memory.
const db = drizzle("postgres://nobody@127.0.0.1:9/none");

/** A table of squares, and when each was read. */
function squares() {
  const reads: number[][] = [];
  const gates: (() => void)[] = [];
  const find = together(String, async (_, keys: number[]) => {
    reads.push(keys);
    await new Promise<void>((open) => gates.push(open));
    if (keys.includes(13)) throw new Error("13");
    return new Map(keys.filter((key) => key > 0).map((key) => [String(key), key * key]));
  });
  const settled = () => new Promise<void>((done) => setImmediate(() => setImmediate(done)));
  return { reads, gates, settled, find: (key: number) => find(db, key) };
}

it("reads once for all who ask at the same moment, and gives each their own", async () => {
  const { reads, gates, settled, find } = squares();
  const asked = [find(2), find(3), find(2), find(-1)];
  await settled();
  gates.shift()?.();
  expect(await Promise.all(asked)).toEqual([4, 9, 4, null]);
  expect(reads).toEqual([[2, 3, -1]]);
});

it("tells nobody what was read before they asked", async () => {
  const { reads, gates, settled, find } = squares();
  const early = find(2);
  await settled();
  const late = find(2);
  await settled();
  const later = [find(2), find(5)];
  await settled();
  expect(reads).toEqual([[2], [2]]);
  for (const open of gates.splice(0)) open();
  expect(await Promise.all([early, late])).toEqual([4, 4]);
  await settled();
  expect(reads).toEqual([[2], [2], [2, 5]]);
  for (const open of gates.splice(0)) open();
  expect(await Promise.all(later)).toEqual([4, 25]);
});

it("tells an error to those who asked together, and goes on", async () => {
  const { gates, settled, find } = squares();
  const asked = Promise.allSettled([find(13), find(2)]);
  await settled();
  gates.shift()?.();
  expect((await asked).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  const next = find(2);
  await settled();
  gates.shift()?.();
  expect(await next).toBe(4);
});
