import { ButtonLink } from "./button.tsx";
import { Icon } from "./icon.tsx";

type PagerProps = {
  /** Null at an end of the list. */
  newer: string | null;
  older: string | null;
  /** "50 a page". */
  note?: string;
};

/** Newer and older, no page numbers. */
export function Pager({ newer, older, note }: PagerProps) {
  return (
    <nav className="row pager" aria-label="Pages">
      {note && <span className="sm faint">{note}</span>}
      {newer ? (
        <ButtonLink href={newer} icon="left" rel="prev">
          Newer
        </ButtonLink>
      ) : (
        <span className="btn" aria-disabled="true">
          <Icon name="left" />
          Newer
        </span>
      )}
      {older ? (
        <ButtonLink href={older} iconAfter="right" rel="next">
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
