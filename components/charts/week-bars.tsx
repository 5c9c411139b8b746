import { number } from "../time-words.ts";
import { Drawing } from "./drawing.tsx";

export type Bar = {
  /** Pale and outlined, and hatched on top of it. */
  look: number;
  act: number;
  /** Said of the bar and its number. */
  label: string;
  href: string | null;
};
export type Panel = { name: string; second: string; bars: Bar[] };

type WeekBarsProps = {
  id: string;
  /** The drawing in a sentence. */
  alt: string;
  weeks: { words: string; isRunning: boolean }[];
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
export function WeekBars({ id, alt, weeks, panels }: WeekBarsProps) {
  const step = (width - left) / Math.max(1, weeks.length);
  const wide = Math.min(40, step * 0.7);
  const tops = panels.map(({ bars }) => Math.max(...bars.map(({ look, act }) => look + act), 0));
  const scale =
    inAll /
    Math.max(
      1,
      tops.reduce((sum, top) => sum + top, 0),
    );
  const height = (n: number) => (n === 0 ? 0 : Math.max(1, n * scale));
  const floors = tops.map((_, i) =>
    tops.slice(0, i + 1).reduce((sum, top) => sum + around + Math.max(least, height(top)), -8),
  );
  const every = Math.ceil(36 / step);
  const bottom = (floors.at(-1) ?? 0) + 8;
  return (
    <Drawing id={id} alt={alt} width={width} height={bottom + 14}>
      <defs>
        <pattern
          id={`${id}-hatch`}
          width="5"
          height="5"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect className="act-ground" width="5" height="5" />
          <rect className="act-line" width="2.5" height="5" />
        </pattern>
      </defs>
      {panels.map(({ name, second, bars }, panel) => {
        const floor = floors[panel] ?? 0;
        return (
          <g key={name}>
            <text className="k" x="0" y={floor - 26}>
              {name}
            </text>
            <text x="0" y={floor - 10}>
              {second}
            </text>
            <line className="axis" x1={left} x2={width} y1={floor} y2={floor} />
            {bars.map((bar, i) => {
              const [look, act] = [height(bar.look), height(bar.act)];
              const [x, top] = [left + i * step + (step - wide) / 2, floor - look - act];
              const running = weeks[i]?.isRunning ? " running" : "";
              const words = number(bar.look + bar.act);
              if (bar.look + bar.act === 0) return null;
              const drawn = (
                <>
                  <rect
                    className={`look${running}`}
                    x={x}
                    y={floor - look}
                    width={wide}
                    height={look}
                  />
                  {act > 0 && (
                    <rect
                      className={`act${running}`}
                      fill={`url(#${id}-hatch)`}
                      x={x}
                      y={top}
                      width={wide}
                      height={act}
                    />
                  )}
                  {words.length * 6.2 < step && (
                    <text x={x + wide / 2} y={top - 4} textAnchor="middle">
                      {words}
                    </text>
                  )}
                </>
              );
              return bar.href ? (
                <a key={bar.label} href={bar.href} aria-label={bar.label}>
                  {drawn}
                </a>
              ) : (
                <g key={bar.label}>{drawn}</g>
              );
            })}
          </g>
        );
      })}
      {weeks.map(
        ({ words }, i) =>
          i % every === 0 && (
            <text key={words} x={left + (i + 0.5) * step} y={bottom + 10} textAnchor="middle">
              {words}
            </text>
          ),
      )}
    </Drawing>
  );
}
