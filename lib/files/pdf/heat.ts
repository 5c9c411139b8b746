import { dayRuns } from "#lib/kernel/day-runs.ts";
import { plot, shade } from "./colours.ts";
import { drawFigure, type Figure, put, type value } from "./figure.ts";
import { edge, type Sheet } from "./sheet.ts";

export type Heat = Figure & {
  /** ISO: Monday is 1. */
  cells: readonly { weekday: number; hour: number; value: number }[];
  /** Those that have a dashed edge. */
  inside: { from: number; to: number; days: readonly number[] };
};

const names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const first = edge.side + 28;
const high = 16;

/** A week of hours, the deeper the more, each with its number. */
export function drawHeat(sheet: Sheet, heat: Heat): void {
  drawFigure(sheet, heat, 7 * high + 18, (top) => {
    const { doc } = sheet;
    const wide = (sheet.right - first) / 24;
    const most = Math.max(1, ...heat.cells.map(({ value }) => value));
    const at = new Map(heat.cells.map((cell) => [`${cell.weekday} ${cell.hour}`, cell.value]));
    names.forEach((name, day) => {
      const y = top + day * high;
      put(sheet, name, { x: edge.side, y: y + 10.5 });
      for (let hour = 0; hour < 24; hour++) {
        const n = at.get(`${day + 1} ${hour}`) ?? 0;
        const share = n === 0 ? 0 : 0.16 + (0.84 * n) / most;
        doc.rect(first + hour * wide, y, wide - 1, high - 1);
        doc.fill(n === 0 ? plot.none : shade(plot.full, share));
        const style = { ...numbers, colour: share > 0.72 ? "#ffffff" : "#161c24" };
        const middle = first + (hour + 0.5) * wide - 0.5;
        if (n > 0) put(sheet, shortOf(n), { x: middle, y: y + 10, align: "middle", style });
      }
    });
    for (const hour of [0, 4, 8, 12, 16, 20])
      put(sheet, `${String(hour).padStart(2, "0")}:00`, {
        x: first + hour * wide,
        y: top + 7 * high + 10,
      });
    const { from, to, days } = heat.inside;
    for (const [start, end] of dayRuns(days)) {
      const y = top + (start - 1) * high - 0.5;
      doc.rect(first + from * wide - 0.5, y, (to - from) * wide, (end - start + 1) * high);
      doc.lineWidth(0.8).dash(2.5, { space: 2 }).strokeColor("#5d646c").stroke().undash();
    }
  });
}

const numbers: typeof value = { face: "regular", size: 6.5, colour: "#161c24" };

const shortOf = (n: number): string => (n > 999 ? `${Math.floor(n / 1000)}k` : String(n));
