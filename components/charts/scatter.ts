import { drawing } from "./drawing.ts";
import { type Markup, markup } from "./markup.ts";

/** One somebody: how far to the right, how high, how large. */
export type Point = { x: number; y: number; size: number };
/** Along a side, from low to high; `share` is where, from 0 to 1. */
export type Tick = { words: string; share: number };
type Scatter = {
  id: string;
  alt: string;
  points: Point[];
  /** Both with `share` from 0 to 1, as those of the points. */
  ticks: { x: Tick[]; y: Tick[] };
  names: { x: string; y: string };
};

const [width, height, left, low] = [560, 256, 44, 212];
/** The largest circle stands free of both axes. */
const x = (share: number) => left + 20 + share * (width - left - 40);
const y = (share: number) => low - 20 - share * (low - 46);
/** Of the largest circle; the least is still seen. */
const [largest, least] = [15, 3.5];

/** A circle for each, whose area says how much. */
export function scatter({ id, alt, points, ticks, names }: Scatter): Markup {
  const most = Math.max(1, ...points.map(({ size }) => size));
  const radius = (size: number) => Math.max(least, largest * Math.sqrt(size / most));
  const grid = ticks.y.map(({ share }) => `M${left} ${Math.round(y(share))}H${width}`).join("");
  return drawing({ id, alt, width, height }, [
    markup`<path class='grid' d='${grid}'/><path class='axis' d='M${left} ${low}H${width}'/>`,
    ticks.y.map(
      ({ words, share }) =>
        markup`<text class='e' x='${left - 6}' y='${y(share) + 4}'>${words}</text>`,
    ),
    ticks.x.map(
      ({ words, share }) => markup`<text class='c' x='${x(share)}' y='${low + 16}'>${words}</text>`,
    ),
    markup`<text class='k' x='0' y='10'>${names.y}</text><text class='k e' x='${width}' y='${low + 36}'>${names.x}</text>`,
    points.map(
      (point) =>
        markup`<circle class='one' cx='${x(point.x)}' cy='${y(point.y)}' r='${radius(point.size)}'/>`,
    ),
  ]);
}
