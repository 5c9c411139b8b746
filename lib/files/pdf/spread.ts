import { plot } from "./colours.ts";
import { drawFigure, type Figure, label, put, stepsTo, value } from "./figure.ts";
import { edge, ink, type Sheet } from "./sheet.ts";

export type Spread = Figure & {
  rows: readonly {
    name: string;
    second: string;
    low: number;
    median: number;
    high: number;
    /** How many people have a value. */
    dots: readonly { value: number; people: number }[];
  }[];
};

const row = 58;
const first = edge.side + 118;

/** A row for each group on one scale: a dot for each person, the band of eight of ten, and the median. */
export function drawSpread(sheet: Sheet, spread: Spread): void {
  drawFigure(sheet, spread, spread.rows.length * row + 16, (top) => {
    const { doc } = sheet;
    const values = spread.rows.flatMap(({ dots }) => dots.map((dot) => dot.value));
    const ticks = stepsTo(Math.max(1, ...values));
    const end = sheet.right - 10;
    const x = (n: number) => first + ((end - first) * n) / (ticks.at(-1) ?? 1);
    const bottom = top + spread.rows.length * row;
    for (const tick of ticks) {
      doc.moveTo(x(tick), top).lineTo(x(tick), bottom);
      doc.lineWidth(0.5).strokeColor(plot.grid).stroke();
      put(sheet, String(tick), { x: x(tick), y: bottom + 11, align: "middle" });
    }
    spread.rows.forEach((one, at) => {
      drawRow(sheet, one, top + at * row + row / 2 + 4, x);
    });
  });
}

type Row = Spread["rows"][number];

function drawRow(sheet: Sheet, one: Row, middle: number, x: (n: number) => number): void {
  const { doc } = sheet;
  const half = row / 2 - 12;
  const [name] = sheet.pen.lines(one.name, { ...label, colour: ink.strong }, 112);
  if (name) sheet.pen.draw(name, edge.side, middle - 1);
  put(sheet, one.second, { x: edge.side, y: middle + 9 });
  const [low, high] = [x(one.low) - 5, x(one.high) + 5];
  doc.roundedRect(low, middle - half, high - low, 2 * half, 3).fill("#e9ecee");
  const median = x(one.median);
  doc.moveTo(median, middle - half - 2).lineTo(median, middle + half + 2);
  doc.lineWidth(1).strokeColor(ink.strong).stroke();
  const words = `median ${one.median}`;
  put(sheet, words, { x: median, y: middle - half - 4, align: "middle", style: value });
  const tallest = Math.max(1, ...one.dots.map(({ people }) => people));
  const size = Math.min(6, (2 * half) / tallest);
  for (const { value: at, people } of one.dots)
    for (let n = 0; n < people; n++)
      doc.circle(x(at), middle + (n - (people - 1) / 2) * size, Math.max(0.6, size / 2 - 0.5));
  doc.fill(plot.full);
}
