import type { Line, Style } from "./pen.ts";
import { type Element, edge, ink, portrait, type Sheet } from "./sheet.ts";

export const styles = {
  cover: { face: "strong", size: 26, colour: ink.strong },
  title: { face: "strong", size: 20, colour: ink.strong },
  lead: { face: "regular", size: 11, colour: ink.quiet },
  1: { face: "strong", size: 13, colour: ink.strong },
  2: { face: "strong", size: 10, colour: ink.strong },
  plain: { face: "regular", size: 9.5, colour: ink.plain },
  quiet: { face: "regular", size: 8.5, colour: ink.quiet },
  quote: { face: "regular", size: 10.5, colour: ink.strong },
  mono: { face: "mono", size: 8, colour: ink.plain },
  code: { face: "mono", size: 7, colour: ink.plain },
  label: { face: "regular", size: 9, colour: ink.quiet },
} satisfies Record<string, Style>;

/** The leading of a line, in parts of its size. */
export const leading = 1.42;

/** How wide running text is at most: on a page that lies on its side a line would be too long to read. */
export const measure = (sheet: Sheet): number =>
  Math.min(sheet.inner, portrait.width - 2 * edge.side);

type Block = { before?: number; indent?: number };

/** A text as one element. */
export function drawBlock(
  sheet: Sheet,
  type: string,
  text: string,
  style: Style,
  { before = 0, indent = 0 }: Block = {},
): void {
  sheet.y += before;
  const lines = sheet.pen.lines(text, style, measure(sheet) - indent);
  const element = sheet.open(type);
  flow(sheet, element, type, lines, edge.side + indent);
  element.end();
}

/** Lines from here on, over as many pages as they need; none is left alone on either. */
export function flow(
  sheet: Sheet,
  element: Element,
  type: string,
  lines: readonly Line[],
  x: number,
): void {
  for (let rest = lines; rest.length > 0; ) {
    const height = (rest[0]?.style.size ?? 9) * leading;
    sheet.room(height * Math.min(2, rest.length));
    const room = Math.max(1, Math.floor(sheet.left() / height));
    const fitting = rest.length - room === 1 && room > 2 ? room - 1 : room;
    const now = rest.slice(0, fitting);
    sheet.mark(element, type, () => column(sheet, now, x, sheet.y));
    sheet.y += now.length * height;
    rest = rest.slice(fitting);
  }
}

/** Lines below one another, the first below `top`. */
export function column(sheet: Sheet, lines: readonly Line[], x: number, top: number): void {
  lines.forEach((line, index) => {
    const { size } = line.style;
    sheet.pen.draw(line, x, top + index * size * leading + size);
  });
}
