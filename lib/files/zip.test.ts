import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import { sampleZip, unzipped } from "./testing.ts";
import { zip } from "./zip.ts";

test("files are stored in order, whole, dated in UTC", async () => {
  const files = unzipped(await buffer(sampleZip()));
  expect(files.map(({ name }) => name)).toEqual([
    "items.csv",
    "evidence/decisions.jsonl",
    "evidence/report.pdf",
    "manifest.json",
  ]);
  expect(files[1]?.content.toString()).toBe('{"a":1}\n{"a":"ä"}\n');
  expect(new Set(files.map(({ method }) => method))).toEqual(new Set([0]));
  // 2026-10-01, 12:34:56 as DOS has it.
  const dos = (((2026 - 1980) << 25) | (10 << 21) | (1 << 16) | (12 << 11) | (34 << 5) | 28) >>> 0;
  expect(new Set(files.map(({ dosTime }) => dosTime))).toEqual(new Set([dos]));
});

test("what is packed is made only as it is read", async () => {
  let made = 0;
  async function* endless(): AsyncGenerator<Buffer> {
    for (;;) {
      made += 1;
      yield Buffer.alloc(16 * 1024);
    }
  }
  const stream = zip(new Date(0), [{ name: "endless", content: endless() }]);
  await new Promise((resolve) => stream.once("readable", resolve));
  for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate);
  expect(made).toBeLessThan(100);
  stream.destroy();
});

test("a source that breaks breaks the archive", async () => {
  const broken = new Readable({ read: () => broken.destroy(new Error("gone")) });
  await expect(buffer(zip(new Date(0), [{ name: "a", content: broken }]))).rejects.toThrow("gone");
});
