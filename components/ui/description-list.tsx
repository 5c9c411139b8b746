import type { ReactNode } from "react";
import { classes } from "./classes.ts";

export type Described = readonly [term: string, is: ReactNode];

type DescriptionListProps = {
  /** Pairs without a value (null, false, undefined) are left out; unknown is "–". */
  items: readonly Described[];
  narrow?: boolean;
};

export function DescriptionList({ items, narrow }: DescriptionListProps) {
  return (
    <dl className={classes("dl", narrow && "narrow")}>
      {items
        .filter(([, is]) => is !== null && is !== undefined && is !== false)
        .map(([term, is]) => (
          <div className="contents" key={term}>
            <dt>{term}</dt>
            <dd>{is}</dd>
          </div>
        ))}
    </dl>
  );
}
