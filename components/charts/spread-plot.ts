import { number } from "../time-words.ts";
import { drawing, linked } from "./drawing.ts";
import { type Markup, markup, type Value } from "./markup.ts";

export type SpreadRow = {
  name: string;
  second: string;
  low: number;
  median: number;
  high: number;
  /** How many people have a value. */
  dots: { value: number; people: number }[];
  /** Of these, who is far above the others. */
  far: number[];
};
type SpreadPlot = {
  id: string;
  alt: string;
  rows: SpreadRow[];
  /** Where one reads who is far above. */
  href: string | null;
};

const left = 112;
const width = 560;

/** One row a group, on one scale: a dot for each person, the band of eight of ten, the median, and who is far above. */
export function spreadPlot({ id, alt, rows, href }: SpreadPlot): Markup {
  const high = rows.length > 3 ? 72 : 92;
  const highest = Math.max(
    1,
    ...rows.flatMap((row) => [row.high, ...row.far, ...row.dots.map(({ value }) => value)]),
  );
  const unit = unitFor(highest);
  const end = Math.ceil((highest * 1.04) / unit) * unit;
  const x = (value: number) => left + 8 + (value * (width - left - 24)) / end;
  const bottom = rows.length * high;
  const ticks = Array.from({ length: Math.round(end / unit) + 1 }, (_, i) => i * unit);
  return drawing({ id, alt, width, height: bottom + 22 }, [
    markup`<path class='grid' d='${ticks.map((value) => `M${at(x(value))} 4V${bottom + 4}`).join("")}'/>`,
    ticks.map(
      (value) => markup`<text class='c' x='${x(value)}' y='${bottom + 18}'>${number(value)}</text>`,
    ),
    rows.map((row, i) => rowOf(row, { top: i * high, high, x, href })),
  ]);
}

/** So that there are five steps at most. */
function unitFor(highest: number): number {
  const power = 10 ** Math.floor(Math.log10(highest));
  return Math.max(
    1,
    [1, 2, 5, 10].map((n) => (n * power) / 5).find((n) => highest / n <= 5) ?? power,
  );
}

type Place = { top: number; high: number; x: (value: number) => number; href: string | null };

function rowOf(row: SpreadRow, { top, high, x, href }: Place): Value {
  const middle = top + high / 2 + 6;
  const half = high / 2 - 14;
  const near = row.dots.filter(({ value }) => !row.far.includes(value));
  const from = x(row.low) - 6;
  const wide = x(row.high) + 6 - from;
  const median = x(row.median);
  return [
    markup`<text class='k' x='0' y='${middle - 4}'>${cut(row.name)}</text>`,
    markup`<text x='0' y='${middle + 11}'>${row.second}</text>`,
    markup`<rect class='rest' x='${from}' y='${middle - half}' width='${wide}' height='${2 * half}' rx='4'/>`,
    markup`<path class='median' d='M${median} ${middle - half - 4}V${middle + half + 4}'/>`,
    markup`<text class='c' x='${median}' y='${middle - half - 7}'>median ${number(row.median)}</text>`,
    peopleOf(near, middle, half, x),
    marked(row.far, x, high).map(({ value, at, down }) =>
      linked(href, `${row.name}: somebody touched ${number(value)} accounts`, [
        markup`<path class='far' d='M${x(value)} ${middle - 8}l8 8-8 8-8-8Z'/>`,
        down !== null &&
          markup`<text class='k c' x='${at}' y='${middle + down}'>${number(value)}</text>`,
      ]),
    ),
  ];
}

/** A dot for each person, beside the others of the same value; bars where there is no room for dots. */
function peopleOf(near: SpreadRow["dots"], middle: number, half: number, x: Place["x"]): Markup {
  const tallest = Math.max(1, ...near.map(({ people }) => people));
  const size = Math.min(9, (2 * half) / tallest, x(1) - x(0));
  if (size >= 4) {
    const dots = near.flatMap(({ value, people }) =>
      Array.from(
        { length: people },
        (_, n) => `M${at(x(value))} ${at(middle + (n - (people - 1) / 2) * size)}h0`,
      ),
    );
    return markup`<path class='dots' stroke-width='${size - 1}' d='${dots.join("")}'/>`;
  }
  const wide = at(Math.min(9, Math.max(2, (x(1) - x(0)) * 0.7)));
  const bars = near.map(({ value, people }) => {
    const by = (half * people) / tallest;
    return `M${at(x(value) - wide / 2)} ${at(middle - by)}h${wide}v${at(2 * by)}h${-wide}z`;
  });
  return markup`<path class='p1' d='${bars.join("")}'/>`;
}

const at = (n: number): number => Math.round(n * 10) / 10;

/** Where there is room for each number: below its mark, above it, or further away; else only the table has it. */
function marked(far: number[], x: Place["x"], high: number) {
  const places = high > 70 ? [22, -14, 34, -26] : [20, -13];
  const taken = places.map(() => 0);
  return far
    .toSorted((a, b) => a - b)
    .map((value) => {
      const half = number(value).length * 3.6;
      const middle = Math.min(x(value), width - half);
      const place = taken.findIndex((end) => end < middle - half);
      if (place >= 0) taken[place] = middle + half + 6;
      return { value, at: middle, down: places[place] ?? null };
    });
}

const cut = (name: string): string => (name.length > 18 ? `${name.slice(0, 17)}…` : name);
