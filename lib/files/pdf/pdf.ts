import type { Readable } from "node:stream";
import { Paper } from "./paper.ts";
import { type PaperOptions, Sheet } from "./sheet.ts";

/**
 * A PDF (A4, tagged, titled, fonts embedded) that is written while it is read. The same calls with the same `at` give the
 * same bytes, wherever and whenever they are made. A fault of `write` is a fault of the stream.
 */
export function pdf(
  options: PaperOptions,
  write: (paper: Paper) => Promise<void> | void,
): Readable {
  const sheet = new Sheet(options);
  writeAll(sheet, write).catch((error: unknown) => {
    sheet.doc.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  return sheet.doc;
}

async function writeAll(
  sheet: Sheet,
  write: (paper: Paper) => Promise<void> | void,
): Promise<void> {
  // The caller has the stream before anything is written to it.
  await Promise.resolve();
  await write(new Paper(sheet));
  sheet.end();
}
