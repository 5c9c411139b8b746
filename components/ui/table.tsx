import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { classes } from "./classes.ts";
import { Icon } from "./icon.tsx";

type TableProps = {
  /** Said to screen readers; a visible heading stands above. */
  caption: string;
  /** Narrow, rows become small cards: mark cells `wide` (own line) and `hide` (left out). */
  fold?: boolean;
  twoLines?: boolean;
  /** The head stays while a long table scrolls. */
  sticky?: boolean;
  id?: string;
  className?: string;
  children: ReactNode;
};

export function Table({
  caption,
  fold = true,
  twoLines,
  sticky,
  id,
  className,
  children,
}: TableProps) {
  return (
    <table
      id={id}
      className={classes(
        "t",
        fold && "fold",
        twoLines && "two",
        sticky && "sticky-head",
        className,
      )}
    >
      <caption className="vh">{caption}</caption>
      {children}
    </table>
  );
}

type ThProps = {
  children: ReactNode;
  numeric?: boolean;
  /** For a column that needs no visible head (buttons). */
  hidden?: boolean;
  /** Set on the one column that sorts now. */
  sorted?: "ascending" | "descending";
  /** Where a click leads: the same page, sorted by this. */
  href?: string;
};

export function Th({ children, numeric, hidden, sorted, href }: ThProps) {
  const label = hidden ? <span className="vh">{children}</span> : children;
  return (
    <th scope="col" aria-sort={sorted} className={numeric ? "n" : undefined}>
      {href ? (
        <Link href={href} scroll={false}>
          {label} {sorted && <Icon name="down" />}
        </Link>
      ) : (
        label
      )}
    </th>
  );
}

/** The cell that says what its row is about: a screen reader names it on the way down a column. */
export const RowHead = ({ className, ...rest }: ComponentProps<"th">) => (
  <th scope="row" className={classes("row-head", className)} {...rest} />
);

type TrProps = ComponentProps<"tr"> & {
  /** Chosen: tint and bar. */
  on?: boolean;
  /** Cannot be chosen: greyed, the reason is in the row. */
  off?: boolean;
};

export function Tr({ on, off, className, ...rest }: TrProps) {
  return <tr className={classes(on && "on", off && "off", className) || undefined} {...rest} />;
}
