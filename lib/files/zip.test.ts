import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import { at, sampleZip, unzipped } from "./testing.ts";
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

test("the size of each file stands before its content", async () => {
  const bytes = await buffer(sampleZip());
  const files = unzipped(bytes);
  // Read on from the beginning alone, as who gets it as a stream reads it.
  let place = 0;
  for (const { name, content } of files) {
    expect(bytes.readUInt32LE(place)).toBe(0x0403_4b50);
    expect(bytes.readUInt16LE(place + 6) & 8).toBe(0);
    expect(bytes.readUInt32LE(place + 18)).toBe(content.length);
    place += 30 + Buffer.byteLength(name) + content.length;
  }
  expect(bytes.readUInt32LE(place)).toBe(0x0201_4b50);
});

test("what is packed is made only as it is read", async () => {
  let made = 0;
  function* endless(): Generator<Buffer> {
    for (;;) {
      made += 1;
      yield Buffer.alloc(16);
    }
  }
  const pieces = zip(at, [{ name: "endless", bytes: 1000, crc32: 0, content: endless() }]);
  await pieces.next();
  expect(made).toBe(0);
  await pieces.next();
  expect(made).toBe(1);
  await pieces.return(undefined);
});

test.each([
  ["longer", { bytes: 2, crc32: 0 }],
  ["shorter", { bytes: 4, crc32: 0 }],
  ["another", { bytes: 3, crc32: 1 }],
])("a content that is %s than it was said to be breaks the archive", async (_, said) => {
  await expect(buffer(zip(at, [{ name: "a", ...said, content: ["abc"] }]))).rejects.toThrow(
    "a is not what it was said to be",
  );
});

test("a source that breaks breaks the archive", async () => {
  async function* broken(): AsyncGenerator<string> {
    yield "a";
    throw new Error("gone");
  }
  const entry = { name: "a", bytes: 9, crc32: 0, content: broken() };
  await expect(buffer(zip(at, [entry]))).rejects.toThrow("gone");
});
