import { plot as colours } from "./colours.ts";
import type { Style } from "./pen.ts";
import { edge, ink, type Sheet } from "./sheet.ts";

export type Bars = {
  title: string;
  bars: readonly { label: string; value: number; text?: string }[];
};

const title: Style = { face: "strong", size: 9, colour: ink.strong };
const label: Style = { face: "regular", size: 8, colour: ink.plain };
const step = 15;
const names = 130;
const values = 110;

/** Bars from one line, longest value the whole width; each with its name and its value in words. */
export function drawBars(sheet: Sheet, plot: Bars): void {
  const { pen } = sheet;
  const most = Math.max(1, ...plot.bars.map(({ value }) => value));
  sheet.y += 10;
  sheet.room(Math.min(plot.bars.length, 20) * step + 30);
  const figure = sheet.open("Sect");
  const head = pen.lines(plot.title, title, sheet.inner);
  sheet.read(
    "Caption",
    () => {
      head.forEach((line, at) => {
        pen.draw(line, edge.side, sheet.y + 9 + at * 13);
      });
    },
    figure,
  );
  sheet.y += head.length * 13 + 4;
  const list = sheet.open("L", figure);
  const x = edge.side + names;
  for (const bar of plot.bars) {
    sheet.room(step);
    const [name] = pen.lines(bar.label, label, names - 8);
    const [value] = pen.lines(bar.text ?? String(bar.value), label, values);
    const length = ((sheet.inner - names - values) * bar.value) / most;
    const y = sheet.y;
    sheet.unread(() => {
      if (length > 0) sheet.doc.rect(x, y + 3, length, 9).fill(colours.full);
      sheet.doc.moveTo(x, y).lineTo(x, y + step);
      sheet.doc.lineWidth(0.5).strokeColor(colours.axis).stroke();
    });
    sheet.read(
      "LI",
      () => {
        if (name) pen.draw(name, edge.side, y + 10);
        if (value) pen.draw(value, x + length + 6, y + 10);
      },
      list,
    );
    sheet.y += step;
  }
  list.end();
  figure.end();
  sheet.y += 10;
}
