const lineFeed = 0x0a;
/** What a line's end inside a cell is marked by until `csvLines` takes the mark off. */
export const insideMark = 0x1e;

export type Tally = { rows: number };

/** Counts the lines of a text in which each line's end ends a row, and passes it on as it is. */
export async function* counted(
  pieces: AsyncIterable<Buffer>,
  tally: Tally,
): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    for (let at = piece.indexOf(lineFeed); at >= 0; at = piece.indexOf(lineFeed, at + 1))
      tally.rows += 1;
    yield piece;
  }
}

/**
 * CSV as PostgreSQL copies it, with the line's ends of RFC 4180, its rows counted. A line's end inside a cell has a mark
 * before it (`csvCellSql`), which is taken off; so no quotes need be followed.
 */
export async function* csvLines(
  pieces: AsyncIterable<Buffer>,
  tally: Tally,
): AsyncGenerator<Buffer> {
  let held = false;
  for await (const piece of pieces) {
    const whole: Buffer = held ? Buffer.concat([Buffer.of(insideMark), piece]) : piece;
    // A mark at the very end may belong to a line's end that is still to come.
    held = whole.at(-1) === insideMark;
    yield converted(held ? whole.subarray(0, -1) : whole, tally);
  }
  if (held) yield Buffer.of(insideMark);
}

function converted(piece: Buffer, tally: Tally): Buffer {
  const ends: number[] = [];
  for (let at = piece.indexOf(lineFeed); at >= 0; at = piece.indexOf(lineFeed, at + 1))
    ends.push(at);
  const into = Buffer.allocUnsafe(piece.length + ends.length);
  let from = 0;
  let to = 0;
  for (const end of ends) {
    const inside = end > 0 && piece[end - 1] === insideMark;
    to += piece.copy(into, to, from, inside ? end - 1 : end);
    if (!inside) {
      into[to++] = 0x0d;
      tally.rows += 1;
    }
    into[to++] = lineFeed;
    from = end + 1;
  }
  to += piece.copy(into, to, from);
  return into.subarray(0, to);
}
