import { number } from "../time-words.ts";
import { Drawing } from "./drawing.tsx";

export type SpreadRow = {
  name: string;
  second: string;
  low: number;
  median: number;
  high: number;
  /** How many people have a value. */
  dots: { value: number; people: number }[];
  far: { value: number; name: string | null; href: string | null }[];
};
type SpreadPlotProps = { id: string; alt: string; rows: SpreadRow[] };

const left = 112;
const width = 560;

/** One row a group, on one scale: a dot for each person, the band of eight of ten, the median, and who is far above. */
export function SpreadPlot({ id, alt, rows }: SpreadPlotProps) {
  const high = rows.length > 3 ? 72 : 92;
  const highest = Math.max(
    1,
    ...rows.flatMap(({ dots, far, high: band }) => [
      band,
      ...dots.map(({ value }) => value),
      ...far.map(({ value }) => value),
    ]),
  );
  const unit = unitFor(highest);
  const end = Math.ceil((highest * 1.04) / unit) * unit;
  const x = (value: number) => left + 8 + (value * (width - left - 24)) / end;
  const bottom = rows.length * high;
  return (
    <Drawing id={id} alt={alt} width={width} height={bottom + 22}>
      {Array.from({ length: Math.round(end / unit) + 1 }, (_, i) => i * unit).map((value) => (
        <g key={value}>
          <line className="grid" x1={x(value)} x2={x(value)} y1="4" y2={bottom + 4} />
          <text x={x(value)} y={bottom + 18} textAnchor="middle">
            {number(value)}
          </text>
        </g>
      ))}
      {rows.map((row, i) => (
        <Row key={row.name} row={row} top={i * high} high={high} x={x} />
      ))}
    </Drawing>
  );
}

/** So that there are five steps at most. */
function unitFor(highest: number): number {
  const power = 10 ** Math.floor(Math.log10(highest));
  return Math.max(
    1,
    [1, 2, 5, 10].map((n) => (n * power) / 5).find((n) => highest / n <= 5) ?? power,
  );
}

type RowProps = { row: SpreadRow; top: number; high: number; x: (value: number) => number };

function Row({ row, top, high, x }: RowProps) {
  const middle = top + high / 2 + 6;
  const half = high / 2 - 14;
  const values = new Set(row.far.map(({ value }) => value));
  const near = row.dots.filter(({ value }) => !values.has(value));
  const tallest = Math.max(1, ...near.map(({ people }) => people));
  const wide = Math.min(9, Math.max(2, (x(1) - x(0)) * 0.7));
  const size = Math.min(9, (2 * half) / tallest, x(1) - x(0));
  return (
    <g>
      <text className="k" x="0" y={middle - 4}>
        {cut(row.name)}
      </text>
      <text x="0" y={middle + 11}>
        {row.second}
      </text>
      <rect
        className="rest"
        x={x(row.low) - 6}
        y={middle - half}
        width={x(row.high) - x(row.low) + 12}
        height={2 * half}
        rx="4"
      />
      <line
        className="median"
        x1={x(row.median)}
        x2={x(row.median)}
        y1={middle - half - 4}
        y2={middle + half + 4}
      />
      <text x={x(row.median)} y={middle - half - 7} textAnchor="middle">
        median {number(row.median)}
      </text>
      {size < 4 ? (
        near.map(({ value, people }) => (
          <rect
            key={value}
            className="p1"
            x={x(value) - wide / 2}
            y={middle - (half * people) / tallest}
            width={wide}
            height={(2 * half * people) / tallest}
          />
        ))
      ) : (
        <path
          className="dots"
          strokeWidth={size - 1}
          d={near.map(dotsAt(x, middle, size)).join("")}
        />
      )}
      {labelled(row.far, x, high).map(({ value, words, href, at, down }) => {
        const drawn = (
          <>
            <path className="far" d={`M${x(value)} ${middle - 8}l8 8-8 8-8-8Z`} />
            {down !== null && (
              <text className="k" x={at} y={middle + down} textAnchor="middle">
                {words}
              </text>
            )}
          </>
        );
        return href ? (
          <a key={words} href={href} aria-label={`${words}: their item`}>
            {drawn}
          </a>
        ) : (
          <g key={words}>{drawn}</g>
        );
      })}
    </g>
  );
}

/** Round ends of lines without length: a dot for each person, beside the others of the same value. */
const dotsAt =
  (x: (value: number) => number, middle: number, size: number) =>
  ({ value, people }: SpreadRow["dots"][number]): string =>
    Array.from(
      { length: people },
      (_, n) => `M${x(value).toFixed(1)} ${(middle + (n - (people - 1) / 2) * size).toFixed(1)}h0`,
    ).join("");

/** Where there is room for each label: below its mark, above it, or further away; else only the table has it. */
function labelled(far: SpreadRow["far"], x: (value: number) => number, high: number) {
  const places = high > 70 ? [22, -14, 34, -26] : [20, -13];
  const taken = places.map(() => 0);
  return far
    .toSorted((a, b) => a.value - b.value)
    .map(({ value, name, href }) => {
      const words = name ? `${number(value)} ${name}` : number(value);
      const half = words.length * 3.1;
      const at = Math.min(x(value), width - half);
      const place = taken.findIndex((end) => end < at - half);
      if (place >= 0) taken[place] = at + half + 6;
      return { value, words, href, at, down: places[place] ?? null };
    });
}

const cut = (name: string): string => (name.length > 18 ? `${name.slice(0, 17)}…` : name);
