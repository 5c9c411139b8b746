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
  // Said on each page: the form that holds the number is one.
  expect(text.match(/\/Total Do/g)).toHaveLength(text.match(/\/Type \/Page\n/g)?.length ?? 0);
});

test("each plot says in words what it shows, and a part is where the contents lead", async () => {
  const text = (await buffer(samplePdf())).toString("latin1");
  expect(text.match(/\/S \/Figure/g)).toHaveLength(4);
  for (const alt of ["By week: 3 and 1.", "Monday 4.", "1 of 2.", "Median 2."])
    expect(text).toContain(`/Alt (${alt})`);
  expect(text.match(/\/S \/TOCI/g)).toHaveLength(2);
  for (const name of ["part-00", "part-01"]) {
    expect(text).toContain(`/D (${name})`);
    expect(text).toMatch(new RegExp(`\\(${name}\\) \\[\\d+ 0 R /XYZ`));
  }
  // The second part lies on its side.
  const [, page] = /\(part-01\) \[(\d+) 0 R/.exec(text) ?? [];
  expect(text).toMatch(new RegExp(`\n${page} 0 obj\n[^]*?/MediaBox \\[0 0 841.89 595.28\\]`));
});

test("the contents have the page on which each part begins", async () => {
  const text = (await buffer(samplePdf())).toString("latin1");
  const pages = text.match(/\/Type \/Page\n/g)?.length ?? 0;
  const drawn = (name: string) => {
    const [, id] = new RegExp(`/${name} (\\d+) 0 R`).exec(text) ?? [];
    const [, body = ""] = new RegExp(`\n${id} 0 obj\n([^]*?)endobj`).exec(text) ?? [];
    return /<([0-9a-f]+)>|\[(.+?)\] TJ/.exec(body)?.[0];
  };
  expect(pages).toBeGreaterThan(4);
  expect(drawn("Page0")).toBeDefined();
  expect(drawn("Page1")).toBeDefined();
  expect(drawn("Page1")).not.toBe(drawn("Page0"));
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
