import { ButtonLink } from "#components/ui/button.tsx";
import { Empty } from "#components/ui/empty.tsx";

type FindingsEmptyProps = {
  /** Whether the filter asks for somebody who is not the reader's to see. */
  foreign: boolean;
  filtered: boolean;
  open: boolean;
};

export function FindingsEmpty({ foreign, filtered, open }: FindingsEmptyProps) {
  if (foreign)
    return (
      <Empty
        kind="not-allowed"
        title="Findings about other teams are not yours to read"
        action={<ButtonLink href="/findings">Your team’s findings</ButtonLink>}
      >
        Managers read those about their own team and line. Compliance reads all.
      </Empty>
    );
  if (filtered)
    return (
      <Empty
        kind="no-match"
        title="No finding matches"
        action={<ButtonLink href="/findings">Clear the filters</ButtonLink>}
      >
        None that you may see fits all of these filters. Days are in UTC, both included.
      </Empty>
    );
  return (
    <Empty
      kind="nothing"
      icon="flag"
      title={open ? "Nothing to dispose of" : "Nothing disposed of yet"}
    >
      {open
        ? "Alongside looks at each session within seconds. What is unusual and not explained by a ticket comes here, with a week to decide what it was."
        : "What somebody decides on stays here, with the note that says why."}
    </Empty>
  );
}
