import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import { at, objectsOf, samplePdf } from "../testing.ts";
import { pdf } from "./pdf.ts";

test("each object is where the table of the file says", async () => {
  const objects = objectsOf(await buffer(samplePdf()));
  expect(objects.length).toBeGreaterThan(100);
  for (const { number, beginsWith } of objects)
    expect(beginsWith).toMatch(new RegExp(`^${number} 0 obj`));
});

test("it says its title, language and structure, and holds no time but its own", async () => {
  const text = (await buffer(samplePdf())).toString("latin1");
  expect(text).toContain("/Lang (en)");
  expect(text).toContain("/Marked true");
  expect(text).toContain("/DisplayDocTitle true");
  expect(text).toContain("(Access review, 2026-q3)");
  expect(text).toContain("/S /TH");
  expect(text.match(/D:\d{14}Z/g)).toEqual(["D:20261001123456Z"]);
  expect(text).not.toContain("ModDate");
  expect(text).not.toContain("FlateDecode");
  // Four pages, said on each: the form that holds the number is one.
  expect(text.match(/\/Total Do/g)).toHaveLength(text.match(/\/Type \/Page\n/g)?.length ?? 0);
});

test("a table is read no further than it is printed", async () => {
  let read = 0;
  function* endless(): Generator<number> {
    for (;;) yield read++;
  }
  const stream = pdf({ title: "Endless", foot: "", at }, (paper) =>
    paper.table({ caption: "n", columns: [{ head: "n", of: (n: number) => n }], rows: endless() }),
  );
  stream.once("error", () => {});
  await new Promise((resolve) => stream.once("readable", resolve));
  for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate);
  expect(read).toBeLessThan(20_000);
  stream.destroy();
});

test("a fault of the writer is one of the stream", async () => {
  const stream = pdf({ title: "Broken", foot: "", at }, () => Promise.reject(new Error("gone")));
  await expect(buffer(stream)).rejects.toThrow("gone");
});
