import { expect, test } from "vitest";
import { type Line, readNdjson } from "./lines.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

async function read(chunks: Uint8Array[], limit?: number): Promise<Line[]> {
  async function* body() {
    yield* chunks;
  }
  return Array.fromAsync(readNdjson(body(), limit));
}

test("lines are numbered from 1; blank ones count and are left out", async () => {
  const lines = await read([bytes('{"a":1}\r\n\n{"a":2}')]);
  expect(lines).toMatchObject([
    { line: 1, value: { a: 1 } },
    { line: 3, value: { a: 2 } },
  ]);
});

test("a letter cut in two by the network is one letter", async () => {
  const all = bytes('"山田"\n"Ж"\n');
  const single = Array.from(all, (_, i) => all.subarray(i, i + 1));
  expect((await read(single)).map((line) => "value" in line && line.value)).toEqual(["山田", "Ж"]);
});

test("what is no JSON, no UTF-8 or too long is a problem of its line only", async () => {
  const lines = await read(
    [bytes("{\n"), Uint8Array.of(0xff, 0x0a), bytes(`"${"x".repeat(30)}`), bytes('x"\n7\n')],
    20,
  );
  expect(lines).toMatchObject([
    { line: 1, problem: "Is not JSON." },
    { line: 2, problem: "Is not UTF-8." },
    { line: 3, problem: "Is longer than 20 bytes." },
    { line: 4, value: 7 },
  ]);
});
