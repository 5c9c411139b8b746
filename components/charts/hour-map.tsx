import { dayRuns } from "#lib/kernel/day-runs.ts";
import { number } from "../time-words.ts";
import { Drawing } from "./drawing.tsx";

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
type HourMapProps = {
  id: string;
  alt: string;
  cells: HourCell[];
  inside: { from: number; to: number; days: readonly number[] };
};

const names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const hoursOfDay = Array.from({ length: 24 }, (_, hour) => hour);
const left = 40;
const wide = (560 - left) / 24;
const high = 25;
const x = (hour: number) => left + hour * wide;
const y = (weekday: number) => (weekday - 1) * high;

/** Every hour, to be covered where there is something. */
const empty = names
  .flatMap((_, i) =>
    hoursOfDay.map((hour) => `M${x(hour)} ${y(i + 1)}h${wide - 1.5}v${high - 1.5}h${1.5 - wide}z`),
  )
  .join("");

/** A week of hours, the deeper the more; the hours that are usual have a dashed edge. */
export function HourMap({ id, alt, cells, inside }: HourMapProps) {
  const most = Math.max(1, ...cells.map(({ value }) => value));
  const at = new Map(cells.map((cell) => [`${cell.weekday} ${cell.hour}`, cell]));
  return (
    <Drawing id={id} alt={alt} width={560} height={7 * high + 44}>
      <path className="none" d={empty} />
      {names.map((name, i) => (
        <g key={name}>
          <text x="0" y={y(i + 1) + 16}>
            {name}
          </text>
          {hoursOfDay.map((hour) => {
            const cell = at.get(`${i + 1} ${hour}`);
            const box = { x: x(hour), y: y(i + 1), width: wide - 1.5, height: high - 1.5, rx: 2 };
            if (!cell) return null;
            return <Cell key={cell.label} cell={cell} box={box} share={cell.value / most} />;
          })}
        </g>
      ))}
      {dayRuns(inside.days).map(([first, last]) => (
        <rect
          key={first}
          className="inside"
          x={x(inside.from) - 1.5}
          y={y(first) - 1.5}
          width={(inside.to - inside.from) * wide + 1.5}
          height={(last - first + 1) * high + 1.5}
          rx="3"
        />
      ))}
      {[0, 4, 8, 12, 16, 20].map((hour) => (
        <text key={hour} x={x(hour)} y={7 * high + 18}>
          {`${String(hour).padStart(2, "0")}:00`}
        </text>
      ))}
      <text x={x(14)} y={7 * high + 40} textAnchor="end">
        1
      </text>
      {[0.2, 0.36, 0.52, 0.68, 0.84, 1].map((share, i) => (
        <rect
          key={share}
          className="p1"
          fillOpacity={share}
          x={x(14) + 6 + i * 16}
          y={7 * high + 30}
          width="15"
          height="11"
        />
      ))}
      <text x={x(14) + 106} y={7 * high + 40}>
        {number(most)}
      </text>
    </Drawing>
  );
}

type Box = { x: number; y: number; width: number; height: number; rx: number };

function Cell({ cell, box, share }: { cell: HourCell; box: Box; share: number }) {
  const depth = 0.2 + 0.8 * share;
  const words = cell.outside > 999 ? `${Math.floor(cell.outside / 1000)}k` : `${cell.outside}`;
  const drawn = (
    <>
      <rect className="p1" fillOpacity={depth} {...box} />
      {cell.outside > 0 && (
        <>
          <rect className="outside" {...box} />
          <text
            className={depth > 0.5 ? "on" : "k"}
            x={box.x + box.width / 2}
            y={box.y + 16}
            textAnchor="middle"
          >
            {words}
          </text>
        </>
      )}
    </>
  );
  return cell.href && cell.outside > 0 ? (
    <a href={cell.href} aria-label={cell.label}>
      {drawn}
    </a>
  ) : (
    drawn
  );
}
