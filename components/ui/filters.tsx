import Link from "next/link";
import type { ReactNode } from "react";
import { ButtonLink } from "./button.tsx";
import { Icon } from "./icon.tsx";

type ChipProps = {
  field: string;
  children: ReactNode /** The same page without it. */;
  without: string;
};

/** A filter that is on: field, value, and the way to the page without it. */
export function Chip({ field, children, without }: ChipProps) {
  return (
    <span className="chip">
      <span className="k">{field}</span>
      <span className="v">{children}</span>
      <Link className="x" href={without} scroll={false} aria-label={`Remove filter ${field}`}>
        <Icon name="x" />
      </Link>
    </span>
  );
}

/** A filter that one click adds, with its number where that is known. */
export function AddChip({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link className="chip add" href={href} scroll={false}>
      <span className="v">{children}</span>
    </Link>
  );
}

type FiltersProps = {
  children: ReactNode;
  /** The page without any; left out when none is on. */
  clear?: string | null;
  /** "18 402 match". */
  matches?: ReactNode;
};

/** The row of filters. Their state is the URL. */
export function Filters({ children, clear, matches }: FiltersProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset belongs to a form; these are links
    <div className="row filters" role="group" aria-label="Filters">
      {children}
      {clear && (
        <ButtonLink variant="quiet" href={clear} scroll={false}>
          Clear all
        </ButtonLink>
      )}
      {matches && <span className="xs faint end num">{matches}</span>}
    </div>
  );
}
