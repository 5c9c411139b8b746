import type { Tally } from "#lib/files/lines.ts";

/** A file in the making: its bytes as they are asked for, and its rows as they go by. */
export type Made = {
  pieces: AsyncIterable<Buffer | string> | Iterable<string>;
  tally: Tally;
  /** Known from the first piece on. */
  expected: number | null;
};
