import type { Style } from "./pen.ts";
import { ink, inner, page, type Sheet } from "./sheet.ts";

export type Bars = {
  title: string;
  bars: readonly { label: string; value: number; text?: string }[];
};

const title: Style = { face: "strong", size: 9, colour: ink.strong };
const label: Style = { face: "regular", size: 8, colour: ink.plain };
const step = 15;
const names = 130;
const values = 70;

/** Bars from one line, longest value the whole width; each with its name and its value in words. */
export function drawBars(sheet: Sheet, plot: Bars): void {
  const { pen } = sheet;
  const most = Math.max(1, ...plot.bars.map(({ value }) => value));
  sheet.y += 8;
  sheet.room(Math.min(plot.bars.length, 20) * step + 30);
  const figure = sheet.open("Sect");
  const head = pen.lines(plot.title, title, inner);
  sheet.read(
    "Caption",
    () => {
      head.forEach((line, at) => {
        pen.draw(line, page.side, sheet.y + 9 + at * 13);
      });
    },
    figure,
  );
  sheet.y += head.length * 13 + 4;
  const list = sheet.open("L", figure);
  for (const bar of plot.bars) {
    sheet.room(step);
    const [name] = pen.lines(bar.label, label, names - 8);
    const [value] = pen.lines(bar.text ?? String(bar.value), label, values);
    const length = ((inner - names - values) * bar.value) / most;
    const y = sheet.y;
    sheet.unread(() => {
      if (length > 0) sheet.doc.rect(page.side + names, y + 3, length, 9).fill(ink.accent);
      const x = page.side + names;
      sheet.doc
        .moveTo(x, y)
        .lineTo(x, y + step)
        .lineWidth(0.5)
        .strokeColor(ink.quiet)
        .stroke();
    });
    sheet.read(
      "LI",
      () => {
        if (name) pen.draw(name, page.side, y + 10);
        if (value) pen.draw(value, page.side + names + length + 6, y + 10);
      },
      list,
    );
    sheet.y += step;
  }
  list.end();
  figure.end();
  sheet.y += 8;
}
