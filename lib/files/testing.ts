import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { crc32 } from "node:zlib";
import { type Content, digestOf as readDigest } from "./digest.ts";
import type { Paper } from "./pdf/paper.ts";
import { pdf } from "./pdf/pdf.ts";
import { type ZipEntry, zip } from "./zip.ts";

export const at = new Date("2026-10-01T12:34:56.789Z");

/** One of each kind of content. */
export async function* sampleZip(): AsyncGenerator<Uint8Array> {
  const files: [string, () => Content][] = [
    ["items.csv", () => ["a,b\r\n1,2\r\n"]],
    ["evidence/decisions.jsonl", () => slowly(['{"a":1}\n', '{"a":"ä"}\n'])],
    ["evidence/report.pdf", () => samplePdf()],
    ["manifest.json", () => [Buffer.from("{}")]],
  ];
  const entries: ZipEntry[] = [];
  for (const [name, content] of files)
    entries.push({ ...(await readDigest(name, content())), content: content() });
  yield* zip(at, entries);
}

async function* slowly(parts: string[]): AsyncGenerator<string> {
  for (const part of parts) {
    await new Promise(setImmediate);
    yield part;
  }
}

/** One of each part. */
export const samplePdf = (rows = 120): Readable =>
  pdf(
    { title: "Access review, 2026-q3", head: "2026-q3", foot: "Alongside", at },
    async (paper) => {
      paper.cover("Access review", "The third quarter of 2026.");
      paper.contents(["Items", "Plots"]);
      paper.facts(
        [
          ["Closed by", "Ines Moreau"],
          ["Statement", null],
          ["Entry", "0199b4c2"],
        ],
        ["Entry"],
      );
      paper.heading("Items");
      paper.quote("They asked why the invoice was sent twice.");
      paper.bars({ title: "By team", bars: [{ label: "Support", value: 3 }] });
      await paper.table({
        caption: "Items",
        columns: [
          { head: "Number", of: (n) => n, align: "right" },
          { head: "Name", of: (n) => `Name ${n}`, width: 3 },
        ],
        rows: Array.from({ length: rows }, (_, index) => index + 1),
      });
      paper.part("Plots", "landscape");
      paper.list(["One sentence.", "Another."], "numbers");
      writePlots(paper);
      paper.heading("Exceptions", 2);
      await paper.table({
        caption: "Exceptions",
        columns: [{ head: "Item", of: () => "", second: () => "quieter" }],
        rows: [],
      });
      paper.code("select 1\n  from items");
    },
  );

function writePlots(paper: Paper): void {
  const ofWeeks = { parts: ["looking", "acting"], ofScopes: true } as const;
  paper.columns({
    ...{ title: "Weeks", alt: "By week: 3 and 1.", ...ofWeeks },
    columns: [{ label: "29 Jun", lower: 3, upper: 1 }],
  });
  paper.heat({
    ...{ title: "Hours", alt: "Monday 4.", cells: [{ weekday: 1, hour: 9, value: 4 }] },
    inside: { from: 7, to: 19, days: [1, 2, 5] },
  });
  paper.steps({
    ...{ title: "Days", alt: "1 of 2.", all: 2, mark: { at: 1, label: "due" } },
    days: [
      { label: "1 Oct", sum: 0 },
      { label: "2 Oct", sum: 1 },
    ],
  });
  const dots = [{ value: 2, people: 5 }];
  paper.spread({
    ...{ title: "Reach", alt: "Median 2." },
    rows: [{ name: "Support", second: "5 agents", low: 2, median: 2, high: 2, dots }],
  });
}

/** The same bytes have the same one. */
export const digestOf = async (stream: AsyncIterable<Uint8Array>): Promise<string> =>
  createHash("sha256")
    .update(await buffer(stream))
    .digest("hex");

/** The files of a ZIP by its central directory, as any reader finds them (APPNOTE 4.3). @throws where one is broken. */
export function unzipped(bytes: Buffer) {
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  let at = bytes.readUInt32LE(end + 16);
  return Array.from({ length: bytes.readUInt16LE(end + 10) }, () => {
    const [name, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place));
    const size = bytes.readUInt32LE(at + 20);
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(from, from + size);
    if (crc32(content) !== bytes.readUInt32LE(at + 16))
      throw new Error("A file of the ZIP is broken");
    const file = {
      name: bytes.toString("utf8", at + 46, at + 46 + (name ?? 0)),
      method: bytes.readUInt16LE(at + 10),
      dosTime: bytes.readUInt32LE(at + 12),
      content,
    };
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
    return file;
  });
}

/** Where each object of a PDF is said to be, and what is there. */
export function objectsOf(bytes: Buffer) {
  const text = bytes.toString("latin1");
  const xref = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
  const table = text.slice(xref, text.indexOf("trailer", xref));
  return [...table.matchAll(/(\d{10}) 00000 n/g)].map(([, place], index) => ({
    number: index + 1,
    beginsWith: text.slice(Number(place), Number(place) + 20),
  }));
}
