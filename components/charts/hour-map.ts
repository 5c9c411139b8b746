import { dayRuns } from "#lib/kernel/day-runs.ts";
import { number } from "../time-words.ts";
import { drawing, linked } from "./drawing.ts";
import { type Markup, markup } from "./markup.ts";

export type HourCell = {
  /** ISO: Monday is 1. */
  weekday: number;
  hour: number;
  value: number;
  /** Of it, what is outlined and written out. */
  outside: number;
  href: string | null;
  label: string;
};
type HourMap = {
  id: string;
  alt: string;
  cells: HourCell[];
  inside: { from: number; to: number; days: readonly number[] };
};

const names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const shades = 6;
const left = 40;
const wide = 21.5;
const high = 25;
const x = (hour: number) => left + hour * wide;
const y = (weekday: number) => (weekday - 1) * high;
const box = (weekday: number, hour: number): string => `M${x(hour)} ${y(weekday)}h20v23.5h-20z`;

/** Every hour, to be covered where there is something. */
const ground = (id: string): Markup =>
  markup`<defs><pattern id='${id}' x='${left}' width='${wide}' height='${high}' patternUnits='userSpaceOnUse'><path class='none' d='M0 0h20v23.5h-20z'/></pattern></defs><path fill='url(#${id})' d='M${left} 0h${24 * wide}v${7 * high}H${left}z'/>`;

/** A week of hours, the deeper the more, in six steps; the hours that are usual have a dashed edge. */
export function hourMap({ id, alt, cells, inside }: HourMap): Markup {
  const most = Math.max(1, ...cells.map(({ value }) => value));
  const depthOf = ({ value }: HourCell) => Math.max(1, Math.ceil((shades * value) / most));
  const deep = (depth: number) =>
    cells
      .filter((cell) => depthOf(cell) === depth)
      .map(({ weekday, hour }) => box(weekday, hour))
      .join("");
  return drawing({ id, alt, width: 560, height: 7 * high + 44 }, [
    ground(`${id}-ground`),
    Array.from(
      { length: shades },
      (_, i) => markup`<path class='p1 s${i + 1}' d='${deep(i + 1)}'/>`,
    ),
    names.map((name, i) => markup`<text x='0' y='${y(i + 1) + 16}'>${name}</text>`),
    dayRuns(inside.days).map(([first, last]) => {
      const size = markup`width='${(inside.to - inside.from) * wide + 1.5}' height='${(last - first + 1) * high + 1.5}'`;
      return markup`<rect class='inside' x='${x(inside.from) - 1.5}' y='${y(first) - 1.5}' ${size} rx='3'/>`;
    }),
    cells.map((cell) => cell.outside > 0 && outsideOf(cell, depthOf(cell) > shades / 2)),
    [0, 4, 8, 12, 16, 20].map(
      (hour) =>
        markup`<text x='${x(hour)}' y='${7 * high + 18}'>${String(hour).padStart(2, "0")}:00</text>`,
    ),
    scale(most),
  ]);
}

function outsideOf({ weekday, hour, outside, href, label }: HourCell, isDeep: boolean): Markup {
  const words = outside > 999 ? `${Math.floor(outside / 1000)}k` : `${outside}`;
  return linked(
    href,
    label,
    markup`<path class='outside' d='${box(weekday, hour)}'/><text class='c ${isDeep ? "on" : "k"}' x='${x(hour) + 10}' y='${y(weekday) + 16}'>${words}</text>`,
  );
}

function scale(most: number): Markup {
  const low = 7 * high + 40;
  const steps = Array.from({ length: shades }, (_, i) => {
    const d = `M${x(14) + 6 + i * 16} ${low - 10}h15v11h-15z`;
    return markup`<path class='p1 s${i + 1}' d='${d}'/>`;
  });
  return markup`<text class='e' x='${x(14)}' y='${low}'>1</text>${steps}<text x='${x(14) + 106}' y='${low}'>${number(most)}</text>`;
}
