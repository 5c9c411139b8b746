import type { Style } from "./pen.ts";
import { edge, ink, type Sheet } from "./sheet.ts";

export type Figure = {
  title: string;
  /** The drawing in sentences, for whoever does not see it: what it shows, with its numbers. */
  alt: string;
  /** Under the title, for everybody. */
  note?: string;
};

const title: Style = { face: "strong", size: 9, colour: ink.strong };
const note: Style = { face: "regular", size: 8, colour: ink.quiet };
export const label: Style = { face: "regular", size: 7.5, colour: ink.quiet };
export const value: Style = { face: "regular", size: 7.5, colour: ink.plain };

/** A drawing under its title that stays on one page; it is drawn from `top` on, and read aloud as its alternative. */
export function drawFigure(
  sheet: Sheet,
  figure: Figure,
  height: number,
  draw: (top: number) => void,
): void {
  const { pen } = sheet;
  const head = pen.lines(figure.title, title, sheet.inner);
  const notes = figure.note ? pen.lines(figure.note, note, sheet.inner) : [];
  const lines = head.length * 13 + notes.length * 11;
  sheet.y += 10;
  sheet.room(lines + height + 12);
  const section = sheet.open("Sect");
  const said = () => {
    head.forEach((line, at) => {
      pen.draw(line, edge.side, sheet.y + 9 + at * 13);
    });
    notes.forEach((line, at) => {
      pen.draw(line, edge.side, sheet.y + head.length * 13 + 8 + at * 11);
    });
  };
  sheet.read("Caption", said, section);
  const top = sheet.y + lines + 6;
  sheet.read("Figure", () => draw(top), section, {
    alt: figure.alt,
    bbox: [edge.side, top, sheet.right, top + height],
  });
  section.end();
  sheet.y = top + height + 10;
}

type Where = { x: number; y: number; align?: "left" | "middle" | "right"; style?: Style };

/** A few words in a drawing. */
export function put(sheet: Sheet, text: string, where: Where): void {
  const [line] = sheet.pen.lines(text, where.style ?? label, 400);
  if (!line) return;
  const wide = sheet.pen.widthOf(line);
  const back = { left: 0, middle: wide / 2, right: wide }[where.align ?? "left"];
  sheet.pen.draw(line, where.x - back, where.y);
}

/** Round steps of an axis from 0 to the most, five at most. */
export function stepsTo(most: number): number[] {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  const unit =
    [1, 2, 5, 10].map((n) => (n * power) / 5).find((n) => n >= 1 && most / n <= 5) ?? power;
  const count = Math.max(1, Math.ceil(most / unit));
  return Array.from({ length: count + 1 }, (_, at) => at * unit);
}
