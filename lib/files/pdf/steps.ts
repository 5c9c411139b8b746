import { plot } from "./colours.ts";
import { drawFigure, type Figure, put, stepsTo, value } from "./figure.ts";
import { edge, type Sheet } from "./sheet.ts";

export type Steps = Figure & {
  /** From the first day to the last, how many there were by its end. */
  days: readonly { label: string; sum: number }[];
  all: number;
  /** A day that is marked, by its place in the list. */
  mark: { at: number; label: string } | null;
};

const high = 84;
const axis = 24;

/** A line that rises from day to day towards all that there is to do. */
export function drawSteps(sheet: Sheet, steps: Steps): void {
  drawFigure(sheet, steps, high + 34, (top) => {
    const { doc } = sheet;
    const { days, all, mark } = steps;
    const floor = top + 12 + high;
    const first = edge.side + axis;
    const last = sheet.right - 30;
    const x = (at: number) => first + ((last - first) * at) / Math.max(1, days.length - 1);
    const ticks = stepsTo(all);
    const y = (n: number) => floor - (n * high) / (ticks.at(-1) ?? 1);
    for (const tick of ticks) {
      doc.moveTo(first, y(tick)).lineTo(last, y(tick)).lineWidth(0.5);
      doc.strokeColor(tick === 0 ? plot.axis : plot.grid).stroke();
      put(sheet, String(tick), { x: first - 6, y: y(tick) + 2.5, align: "right" });
    }
    if (mark && mark.at < days.length) {
      doc.moveTo(x(mark.at), top + 6).lineTo(x(mark.at), floor);
      doc.lineWidth(0.8).dash(2.5, { space: 2 }).strokeColor("#5d646c").stroke().undash();
      put(sheet, mark.label, { x: x(mark.at) - 4, y: top + 10, align: "right" });
    }
    days.forEach(({ sum }, at) => {
      if (at === 0) doc.moveTo(x(0), y(sum));
      else doc.lineTo(x(at), y(days[at - 1]?.sum ?? 0)).lineTo(x(at), y(sum));
    });
    doc.lineWidth(1.5).strokeColor(plot.full).stroke();
    const end = days.at(-1);
    if (end) put(sheet, `${end.sum} of ${all}`, { x: last + 4, y: y(end.sum) + 2.5, style: value });
    const every = Math.ceil((days.length * 44) / (last - first));
    days.forEach(({ label }, at) => {
      if (at % every === 0) put(sheet, label, { x: x(at), y: floor + 11, align: "middle" });
    });
  });
}
