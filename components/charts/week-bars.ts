import { number } from "../time-words.ts";
import { drawing, linked } from "./drawing.ts";
import { type Markup, markup } from "./markup.ts";

export type Bar = {
  /** Pale and outlined, and hatched on top of it. */
  look: number;
  act: number;
  /** Said of the bar and its number. */
  label: string;
  href: string | null;
};
export type Panel = { name: string; second: string; bars: Bar[] };
type Week = { words: string; isRunning: boolean };

type WeekBars = {
  id: string;
  /** The drawing in a sentence. */
  alt: string;
  weeks: Week[];
  /** Under one another, on one scale; a bar for each week. */
  panels: Panel[];
};

const left = 84;
const width = 560;
/** Of all bars that stand above one another, at most; and what a panel needs beside its tallest. */
const inAll = 180;
const around = 30;
const least = 26;

/** Bars by week, looking below and acting above. */
export function weekBars({ id, alt, weeks, panels }: WeekBars): Markup {
  const step = (width - left) / Math.max(1, weeks.length);
  const tops = panels.map(({ bars }) => Math.max(...bars.map(({ look, act }) => look + act), 0));
  const sum = tops.reduce((all, top) => all + top, 0);
  const height = (n: number) => (n === 0 ? 0 : Math.max(1, (n * inAll) / Math.max(1, sum)));
  const floors = tops.map((_, i) =>
    tops.slice(0, i + 1).reduce((all, top) => all + around + Math.max(least, height(top)), -8),
  );
  const bottom = (floors.at(-1) ?? 0) + 8;
  const every = Math.ceil(36 / step);
  const place = { step, height, hatch: `${id}-hatch`, weeks };
  return drawing({ id, alt, width, height: bottom + 14 }, [
    hatch(place.hatch),
    panels.map((panel, i) => panelOf(panel, floors[i] ?? 0, place)),
    weeks.map(
      ({ words }, i) =>
        i % every === 0 &&
        markup`<text class='c' x='${left + (i + 0.5) * step}' y='${bottom + 10}'>${words}</text>`,
    ),
  ]);
}

const hatch = (id: string): Markup =>
  markup`<defs><pattern id='${id}' width='5' height='5' patternUnits='userSpaceOnUse' patternTransform='rotate(45)'><rect class='act-ground' width='5' height='5'/><rect class='act-line' width='2.5' height='5'/></pattern></defs>`;

type Place = { step: number; height: (n: number) => number; hatch: string; weeks: Week[] };

const at = (n: number): number => Math.round(n * 10) / 10;

const panelOf = ({ name, second, bars }: Panel, floor: number, place: Place): Markup =>
  markup`<text class='k' x='0' y='${floor - 26}'>${name}</text><text x='0' y='${floor - 10}'>${second}</text><path class='axis' d='M${left} ${floor}H${width}'/>${bars.map((bar, i) => barOf(bar, i, floor, place))}`;

function barOf(bar: Bar, i: number, floor: number, { step, height, hatch, weeks }: Place) {
  if (bar.look + bar.act === 0) return null;
  const wide = Math.min(40, step * 0.7);
  const x = left + i * step + (step - wide) / 2;
  const [look, act] = [height(bar.look), height(bar.act)];
  const running = weeks[i]?.isRunning ? " running" : "";
  const box = (from: number, by: number) =>
    `M${at(x)} ${at(from)}v${at(-by)}h${at(wide)}v${at(by)}z`;
  const words = number(bar.look + bar.act);
  return linked(bar.href, bar.label, [
    bar.look > 0 && markup`<path class='look${running}' d='${box(floor, look)}'/>`,
    bar.act > 0 &&
      markup`<path class='act${running}' fill='url(#${hatch})' d='${box(floor - look, act)}'/>`,
    words.length * 6.2 < step &&
      markup`<text class='c' x='${x + wide / 2}' y='${floor - look - act - 4}'>${words}</text>`,
  ]);
}
