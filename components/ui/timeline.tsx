import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import { Icon, type IconName } from "./icon.tsx";

type TimelineProps = {
  /** "Before", "In Ledger", "After": the heading, and what the list is called. */
  part?: string;
  /** Beside the heading. */
  beside?: ReactNode;
  /** What a list without a heading is called. */
  label?: string;
  /** Clock times without seconds take less room. */
  short?: boolean;
  children: ReactNode;
};

/** One part of what happened, in order. */
export function Timeline({ part, beside, label = part, short, children }: TimelineProps) {
  return (
    <>
      {part && (
        <div className="part row between">
          <h2>{part}</h2>
          {beside}
        </div>
      )}
      <ol className={classes("line", short && "short")} aria-label={label}>
        {children}
      </ol>
    </>
  );
}

type TimelineItemProps = {
  /** A `<Time>` of the style `seconds` or `clock`. */
  time: ReactNode;
  icon?: IconName;
  /** `write`: done as the customer (red). `refused`: plum. `edge`: start and end. `ahead`: not yet. */
  kind?: "plain" | "write" | "refused" | "edge" | "ahead";
  /** At the end of the row. */
  result?: ReactNode;
  children: ReactNode;
};

export function TimelineItem({ time, icon, kind = "plain", result, children }: TimelineItemProps) {
  return (
    <li className={kind === "plain" ? undefined : kind}>
      {time}
      <span className="dot">{icon && <Icon name={icon} />}</span>
      <div className="say">
        {children}
        {result && <span className="res">{result}</span>}
      </div>
    </li>
  );
}
