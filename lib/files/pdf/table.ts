import type { Line, Style } from "./pen.ts";
import { ink, inner, page, type Sheet } from "./sheet.ts";

export type Column<T> = {
  head: string;
  of: (row: T) => string | number | null | undefined;
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
  /** What is printed where there is no row. */
  none?: string;
};

const heads: Style = { face: "strong", size: 7.5, colour: ink.quiet };
const plain: Style = { face: "regular", size: 8, colour: ink.plain };
const mono: Style = { face: "mono", size: 7, colour: ink.plain };
const caption: Style = { face: "regular", size: 8.5, colour: ink.quiet };
const step = 11;
const pad = 4;
const gap = 8;

type Place = { x: number; width: number; right: boolean };
type Row = { lines: Line[][]; height: number };
type Element = PDFKit.PDFStructureElement;

export async function drawTable<T>(sheet: Sheet, table: Table<T>): Promise<void> {
  const places = placesOf(table.columns);
  const head = rowOf(
    sheet,
    places,
    table.columns.map((column) => ({ text: column.head, style: heads })),
  );
  sheet.y += 6;
  sheet.room(head.height + 60);
  const element = sheet.open("Table");
  const [title] = sheet.pen.lines(table.caption, caption, inner);
  if (title) sheet.read("Caption", () => sheet.pen.draw(title, page.side, sheet.y + 9), element);
  sheet.y += 15;
  drawHead(sheet, places, head, element);
  let count = 0;
  for await (const item of table.rows) {
    const row = rowOf(
      sheet,
      places,
      table.columns.map((column) => cellOf(column, item)),
    );
    drawRow(sheet, places, row, element, () => drawHead(sheet, places, head, null));
    // Not at each: a turn of the event loop costs more than a row.
    if (++count % 20 === 0) await sheet.settle();
  }
  element.end();
  if (count === 0) drawNone(sheet, table.none ?? "None.");
  sheet.y += 10;
}

function placesOf<T>(columns: readonly Column<T>[]): Place[] {
  const parts = columns.reduce((sum, { width = 1 }) => sum + width, 0);
  const free = inner - gap * (columns.length - 1);
  let x = page.side;
  return columns.map(({ width = 1, align }) => {
    const place = { x, width: (free * width) / parts, right: align === "right" };
    x += place.width + gap;
    return place;
  });
}

function cellOf<T>(column: Column<T>, item: T): { text: string; style: Style } {
  const value = column.of(item);
  const text = value === null || value === undefined || value === "" ? "–" : String(value);
  return { text, style: column.mono ? mono : plain };
}

function rowOf(sheet: Sheet, places: Place[], cells: { text: string; style: Style }[]): Row {
  const lines = cells.map(({ text, style }, index) =>
    sheet.pen.lines(text, style, places[index]?.width ?? 0),
  );
  return { lines, height: Math.max(1, ...lines.map(({ length }) => length)) * step + 2 * pad };
}

/** The head; only the first is read aloud. */
function drawHead(sheet: Sheet, places: Place[], head: Row, table: Element | null): void {
  if (table) {
    const row = sheet.open("TR", table);
    drawCells(sheet, places, head.lines, (index, draw) => {
      const cell = sheet.open("TH", row, { scope: "Column" });
      sheet.part(cell, "TH", draw);
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
  if (sheet.left() < Math.min(row.height, page.height / 3)) {
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
      if (cell) sheet.part(cell, "TD", draw);
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
  const [line] = sheet.pen.lines(text, plain, inner);
  if (line) sheet.read("P", () => sheet.pen.draw(line, page.side, sheet.y + 13));
  sheet.y += 20;
}
