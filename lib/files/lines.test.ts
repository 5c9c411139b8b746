import fc from "fast-check";
import { expect, test } from "vitest";
import { counted, csvLines } from "./lines.ts";

const seed = Number(process.env.FUZZ_SEED ?? 20618);

/** Cells as PostgreSQL copies them: a line's end inside one is marked and quoted. */
const copied = (cell: string): string =>
  /[\n\r",]/.test(cell) ? `"${cell.replaceAll("\n", "\u001e\n").replaceAll('"', '""')}"` : cell;
const wanted = (cell: string): string =>
  /[\n\r",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

async function* inPieces(text: string, sizes: readonly number[]): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

const cell = fc.string({ unit: fc.constantFrom("a", "\n", "\r", "\u001e", '"', ",", "ä", "佐") });
// The last cell of a row is an id.
const rows = fc.array(
  fc.tuple(cell, cell).map((cells) => [...cells, "id"]),
  { minLength: 1 },
);
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 });

test("lines end by CRLF, those inside cells stay, however the bytes come", () =>
  fc.assert(
    fc.asyncProperty(rows, sizes, async (cells, pieces) => {
      const text = cells.map((row) => `${row.map(copied).join(",")}\n`).join("");
      const tally = { rows: 0 };
      const got = Buffer.concat(await Array.fromAsync(csvLines(inPieces(text, pieces), tally)));
      expect(got.toString()).toBe(cells.map((row) => `${row.map(wanted).join(",")}\r\n`).join(""));
      expect(tally.rows).toBe(cells.length);
    }),
    { seed },
  ));

test("a text of lines is counted and left as it is", async () => {
  const tally = { rows: 0 };
  const got = await Array.fromAsync(counted(inPieces('{"a":1}\n{"b":2}\n', [3]), tally));
  expect(Buffer.concat(got).toString()).toBe('{"a":1}\n{"b":2}\n');
  expect(tally.rows).toBe(2);
});
