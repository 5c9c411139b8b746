import type { Tally } from "#lib/files/lines.ts";

/** A file in the making: its bytes as they are asked for, and its rows as they go by. */
export type Made = {
  pieces: AsyncIterable<Uint8Array | string>;
  tally: Tally;
  /** Known from the first piece on. */
  expected: number | null;
};

/** Before there is anything to read. */
export async function* nothing(): AsyncGenerator<never> {}
