import { ButtonLink } from "./button.tsx";
import { Icon } from "./icon.tsx";

type PagerProps = {
  /** Where the neighbours of this page begin; null at an end of the list. */
  newer: string | null;
  older: string | null;
  /** The address of a page, by where it begins. */
  to: (place: { after?: string; before?: string }) => string;
  perPage: number;
};

/** Newer and older, no page numbers; nothing where one page is all. */
export function Pager({ newer, older, to, perPage }: PagerProps) {
  if (!newer && !older) return null;
  return (
    <nav className="row pager" aria-label="Pages">
      <span className="sm faint">{perPage} a page</span>
      {newer ? (
        <ButtonLink href={to({ after: newer })} icon="left" rel="prev">
          Newer
        </ButtonLink>
      ) : (
        <span className="btn" aria-disabled="true">
          <Icon name="left" />
          Newer
        </span>
      )}
      {older ? (
        <ButtonLink href={to({ before: older })} iconAfter="right" rel="next">
          Older
        </ButtonLink>
      ) : (
        <span className="btn" aria-disabled="true">
          Older
          <Icon name="right" />
        </span>
      )}
    </nav>
  );
}
