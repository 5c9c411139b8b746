import { isUtf8 } from "node:buffer";
import { setImmediate } from "node:timers/promises";

/** A line of NDJSON: its number from 1, its size in bytes, and its value or why it has none. */
export type Line = { line: number; size: number } & ({ value: unknown } | { problem: string });

const newline = 0x0a;
/** Lines read without a pause; other requests of this process wait for no more than these. */
const linesInOneGo = 250;

/**
 * Reads NDJSON as it arrives, never holding more than one line of at most `limit` bytes (64 KiB). A line that is too
 * long, not UTF-8 or not JSON is a problem of that line; blank ones are counted and left out. A byte order mark and
 * carriage returns are no part of a line. Throws what `body` throws: what came after the last newline is then no line.
 */
export async function* readNdjson(
  body: AsyncIterable<Uint8Array>,
  limit = 64 << 10,
): AsyncGenerator<Line> {
  let held: Uint8Array[] = [];
  let size = 0;
  let line = 1;
  const take = (part: Uint8Array) => {
    size += part.byteLength;
    // Of a line that is too long only the length is kept.
    if (size > limit) held = [];
    else held.push(part);
  };
  for await (const chunk of body) {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      take(chunk.subarray(from, at));
      const read = parse(held, size, limit);
      if (read) yield { line, size, ...read };
      if (line % linesInOneGo === 0) await setImmediate();
      held = [];
      size = 0;
      line += 1;
      from = at + 1;
    }
    // A copy: a piece of a chunk would hold all of it.
    take(chunk.slice(from));
  }
  const last = parse(held, size, limit);
  if (last) yield { line, size, ...last };
}

function parse(parts: Uint8Array[], size: number, limit: number) {
  if (size > limit) return { problem: `Is longer than ${limit} bytes.` };
  const bytes = Buffer.concat(parts);
  if (!isUtf8(bytes)) return { problem: "Is not UTF-8." };
  const text = bytes.toString("utf8").trim();
  if (text === "") return null;
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch {
    return { problem: "Is not JSON." };
  }
}
