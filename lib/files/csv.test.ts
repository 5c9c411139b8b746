import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { csvCell, csvFile, csvRow, inert } from "./csv.ts";

const seed = Number(process.env.FUZZ_SEED ?? 20618);

test.each([
  ["=1+1"],
  ["+49 30 1"],
  ["-2"],
  ["@SUM(A1)"],
  ["\t=1"],
  ["\r=1"],
  ["\n=1"],
  [" =1"],
  ["\u00a0\u3000=1"],
  ["\ufeff=1"],
  ["\u200b@x"],
  ["＝1+1"],
  ["＠x"],
  ["－1"],
  ["\u061c=1"],
  ["\u2066=1"],
  ["\u202e+1"],
  ["\u00ad-1"],
  ["\u0001=1"],
  ["\u007f@x"],
  ["\u3164=1"],
  ["\ufe0f=1"],
  ["\u2028=1"],
])("a cell that begins like a formula is made inert: %j", (text) => {
  expect(inert(text)).toBe(`'${text}`);
});

test.each([["a=1"], [""], ["  a"], ["1-2"], ["'=1"], ["–"], ["SUP-4821"]])(
  "other cells stay as they are: %j",
  (text) => {
    expect(inert(text)).toBe(text);
  },
);

test("lines end as RFC 4180 has it, and what needs quotes has them", () => {
  expect(csvRow(["a", 'b"c', "d,e", "f\ng", null, -1, true])).toBe(
    'a,"b""c","d,e","f\ng",,-1,true\r\n',
  );
  expect(csvCell(new Date("2026-10-01T00:00:00Z"))).toBe("2026-10-01T00:00:00.000Z");
});

test("whatever is written is read again, formulas with their apostrophe", () => {
  const cells = fc.array(fc.array(fc.string({ unit: "grapheme" }), { minLength: 2, maxLength: 2 }));
  fc.assert(
    fc.property(cells, (rows) => {
      const read: unknown = parse(rows.map(csvRow).join(""), { record_delimiter: "\r\n" });
      expect(read).toEqual(rows.map((row) => row.map(inert)));
    }),
    { seed },
  );
});

test("a file begins with its head, also without a row", async () => {
  const columns = [{ head: "n", of: (n: number) => n }];
  expect(await Array.fromAsync(csvFile(columns, [1, 2]))).toEqual(["n\r\n", "1\r\n", "2\r\n"]);
  expect(await Array.fromAsync(csvFile(columns, []))).toEqual(["n\r\n"]);
});
