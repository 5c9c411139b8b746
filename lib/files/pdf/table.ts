import type { Line, Style } from "./pen.ts";
import { type Element, edge, ink, type Sheet } from "./sheet.ts";

export type Column<T> = {
  head: string;
  of: (row: T) => string | number | null | undefined;
  /** What is said below it, quieter. */
  second?: (row: T) => string | null | undefined;
  /** Parts of the width; 1 unless told. */
  width?: number;
  align?: "left" | "right";
  mono?: boolean;
};
export type Table<T> = {
  /** What the table is of; read aloud and printed above it. */
  caption: string;
  columns: readonly Column<T>[];
  rows: AsyncIterable<T> | Iterable<T>;
  /** What is printed in place of the table where there is no row. */
  none?: string;
};

const heads: Style = { face: "strong", size: 7.5, colour: ink.quiet };
const plain: Style = { face: "regular", size: 8, colour: ink.plain };
const mono: Style = { face: "mono", size: 7, colour: ink.plain };
const quiet: Style = { face: "regular", size: 7.5, colour: ink.quiet };
const caption: Style = { face: "regular", size: 8.5, colour: ink.quiet };
/** A row that is taller may go over to the next page. */
const tallestWhole = 240;
const step = 11;
const pad = 4;
const gap = 8;

type Place = { x: number; width: number; right: boolean };
type Row = { lines: Line[][]; height: number };

export async function drawTable<T>(sheet: Sheet, table: Table<T>): Promise<void> {
  const places = placesOf(sheet, table.columns);
  const head = heightened(
    table.columns.map((column, at) => sheet.pen.lines(column.head, heads, places[at]?.width ?? 0)),
  );
  let element: Element | null = null;
  let count = 0;
  for await (const item of table.rows) {
    element ??= begin(sheet, table.caption, places, head);
    const cells = table.columns.map((column, at) =>
      cellOf(sheet, column, item, places[at]?.width ?? 0),
    );
    drawRow(sheet, places, heightened(cells), element, () => drawHead(sheet, places, head, null));
    // Not at each: a turn of the event loop costs more than a row.
    if (++count % 20 === 0) await sheet.settle();
  }
  if (element) element.end();
  else drawNone(sheet, table.none ?? "None.");
  sheet.y += 10;
}

/** The caption and the head, which a first row follows on the same page. */
function begin(sheet: Sheet, words: string, places: Place[], head: Row): Element {
  sheet.y += 6;
  sheet.room(head.height + 60);
  const element = sheet.open("Table");
  const [title] = sheet.pen.lines(words, caption, sheet.inner);
  if (title) sheet.read("Caption", () => sheet.pen.draw(title, edge.side, sheet.y + 9), element);
  sheet.y += 15;
  drawHead(sheet, places, head, element);
  return element;
}

function placesOf<T>(sheet: Sheet, columns: readonly Column<T>[]): Place[] {
  const parts = columns.reduce((sum, { width = 1 }) => sum + width, 0);
  const free = sheet.inner - gap * (columns.length - 1);
  let x = edge.side;
  return columns.map(({ width = 1, align }) => {
    const place = { x, width: (free * width) / parts, right: align === "right" };
    x += place.width + gap;
    return place;
  });
}

function cellOf<T>(sheet: Sheet, column: Column<T>, item: T, width: number): Line[] {
  const value = column.of(item);
  const text = value === null || value === undefined || value === "" ? "–" : String(value);
  const second = column.second?.(item);
  return [
    ...sheet.pen.lines(text, column.mono ? mono : plain, width),
    ...(second
      ? sheet.pen.lines(second, column.mono ? { ...mono, colour: ink.quiet } : quiet, width)
      : []),
  ];
}

const heightened = (lines: Line[][]): Row => ({
  lines,
  height: Math.max(1, ...lines.map(({ length }) => length)) * step + 2 * pad,
});

/** The head; only the first is read aloud. */
function drawHead(sheet: Sheet, places: Place[], head: Row, table: Element | null): void {
  if (table) {
    const row = sheet.open("TR", table);
    drawCells(sheet, places, head.lines, (index, draw) => {
      const cell = sheet.open("TH", row, { scope: "Column" });
      sheet.mark(cell, "TH", draw);
      cell.end();
      return index;
    });
    row.end();
  } else sheet.unread(() => drawCells(sheet, places, head.lines, (_, draw) => draw()));
  sheet.y += head.height;
  sheet.rule(sheet.y, ink.quiet);
}

/** One row; one that is taller than what is left goes to the next page, and over several if no page is tall enough. */
function drawRow(sheet: Sheet, places: Place[], row: Row, table: Element, again: () => void): void {
  if (sheet.left() < Math.min(row.height, tallestWhole)) {
    sheet.turn();
    again();
  }
  const element = sheet.open("TR", table);
  const cells = row.lines.map(() => sheet.open("TD", element));
  for (let rest = row.lines; rest.some(({ length }) => length > 0); ) {
    const fitting = Math.max(1, Math.floor((sheet.left() - 2 * pad) / step));
    const now = rest.map((lines) => lines.slice(0, fitting));
    drawCells(sheet, places, now, (index, draw) => {
      const cell = cells[index];
      if (cell) sheet.mark(cell, "TD", draw);
    });
    sheet.y += Math.max(...now.map(({ length }) => length)) * step + 2 * pad;
    rest = rest.map((lines) => lines.slice(fitting));
    if (rest.some(({ length }) => length > 0)) {
      sheet.turn();
      again();
    }
  }
  for (const cell of cells) cell.end();
  element.end();
  sheet.rule(sheet.y);
}

function drawCells(
  sheet: Sheet,
  places: Place[],
  cells: Line[][],
  put: (index: number, draw: () => void) => void,
): void {
  places.forEach((place, index) => {
    const lines = cells[index] ?? [];
    if (lines.length === 0) return;
    put(index, () => {
      lines.forEach((line, at) => {
        const x = place.right ? place.x + place.width - sheet.pen.widthOf(line) : place.x;
        sheet.pen.draw(line, x, sheet.y + pad + at * step + 8);
      });
    });
  });
}

function drawNone(sheet: Sheet, text: string): void {
  const lines = sheet.pen.lines(text, caption, sheet.inner);
  sheet.y += 4;
  sheet.room(lines.length * 12);
  sheet.read("P", () => {
    lines.forEach((line, at) => {
      sheet.pen.draw(line, edge.side, sheet.y + 9 + at * 12);
    });
  });
  sheet.y += lines.length * 12;
}
