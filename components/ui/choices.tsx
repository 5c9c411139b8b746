import { type ReactNode, useId } from "react";
import { classes } from "./classes.ts";

export type PickOption = {
  value: string;
  label: ReactNode;
  /** What choosing it means. */
  means?: ReactNode;
  /** At the end of the row: the lawful basis. */
  aside?: ReactNode;
  disabled?: boolean;
  /** The key that chooses it. */
  shortcut?: string;
};

type Of<Option> = {
  name: string;
  options: readonly Option[];
  /** Chosen at first, and again when the form is reset after a try: give what was typed. */
  chosen?: string;
  onChoose?: (value: string) => void;
};

/** What a choice is called, and apart from that what it means: only the name is read on the way along the list. */
const called = (id: string, { aside, means }: PickOption) => ({
  "aria-labelledby": aside ? `${id} ${id}-aside` : id,
  "aria-describedby": means ? `${id}-means` : undefined,
});

const Said = ({ id, option: { label, aside, means } }: { id: string; option: PickOption }) => (
  <>
    <span id={id}>{label}</span>
    {aside && (
      <span id={`${id}-aside`} className="aside">
        {aside}
      </span>
    )}
    {means && <small id={`${id}-means`}>{means}</small>}
  </>
);

/** One of a list, each with what it means. `scope`: the first is looking (amber), the second acting (red). */
export function Pick({
  name,
  options,
  chosen,
  onChoose,
  scope,
}: Of<PickOption> & { scope?: boolean }) {
  const id = useId();
  return (
    <div className={classes("pick", scope && "scope")}>
      {options.map((option, index) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            defaultChecked={option.value === chosen}
            disabled={option.disabled}
            data-key={option.shortcut}
            aria-keyshortcuts={option.shortcut}
            {...called(`${id}${index}`, option)}
            onChange={onChoose && (() => onChoose(option.value))}
          />
          <Said id={`${id}${index}`} option={option} />
        </label>
      ))}
    </div>
  );
}

/** Any number of a list, each with what it means; without a choice nothing is sent under the name. */
export function Boxes({
  name,
  options,
  chosen,
}: {
  name: string;
  options: readonly PickOption[];
  chosen: readonly string[];
}) {
  const id = useId();
  return (
    <div className="pick">
      {options.map((option, index) => (
        <label key={option.value}>
          <input
            type="checkbox"
            name={name}
            value={option.value}
            defaultChecked={chosen.includes(option.value)}
            disabled={option.disabled}
            {...called(`${id}${index}`, option)}
          />
          <Said id={`${id}${index}`} option={option} />
        </label>
      ))}
    </div>
  );
}

export type SegmentOption = { value: string; label: ReactNode; disabled?: boolean };

/** One of a few short words in a row; what cannot be chosen is struck out. Keys 1–9 choose with `keys`. */
export function Segments({
  name,
  options,
  chosen,
  onChoose,
  even,
  keys,
}: Of<SegmentOption> & { even?: boolean; keys?: boolean }) {
  return (
    <div className={classes("seg", even && "even")}>
      {options.map((option, index) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            defaultChecked={option.value === chosen}
            disabled={option.disabled}
            data-key={keys ? index + 1 : undefined}
            onChange={onChoose && (() => onChoose(option.value))}
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}
