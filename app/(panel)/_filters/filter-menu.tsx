import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { Params } from "./address.ts";
import { CloseOutside } from "./close-outside.tsx";
import "./filters.css";

type FilterMenuProps = {
  field: string;
  /** The page's path; the form is a GET to it. */
  path: string;
  /** What is filtered by already, kept as hidden fields. */
  keep: Params;
  /** Whether `F` leads here: the first of a page. */
  first?: boolean;
  children: ReactNode;
};

/** A dashed chip that unfolds the field of one filter. It is a `details` and a form: it needs no script. */
export function FilterMenu({ field, path, keep, first, children }: FilterMenuProps) {
  return (
    <details className="filter" name="filter">
      <summary className="chip add" data-key={first ? "f" : undefined}>
        <span className="v">
          <Icon name="plus" /> {field}
        </span>
      </summary>
      <form className="pop form" action={path} aria-label={`Filter by ${field.toLowerCase()}`}>
        {Object.entries(keep).flatMap(([name, value]) =>
          [value ?? []]
            .flat()
            .map((text) => (
              <input key={`${name}=${text}`} type="hidden" name={name} value={text} />
            )),
        )}
        {children}
        <Button type="submit" variant="ink">
          Filter
        </Button>
      </form>
      <CloseOutside />
    </details>
  );
}
