import { ButtonLink } from "#components/ui/button.tsx";
import { Empty } from "#components/ui/empty.tsx";
import type { Reach } from "#lib/staff/rights.ts";

type AuditEmptyProps = {
  far: Reach;
  /** Whether the filter asks for somebody whose entries are not the reader's to see. */
  foreign: boolean;
  filtered: boolean;
};

export function AuditEmpty({ far, foreign, filtered }: AuditEmptyProps) {
  if (foreign)
    return (
      <Empty
        kind="not-allowed"
        title={
          far === "own"
            ? "The audit log of others is not yours to read"
            : "The audit log of other teams is not yours to read"
        }
        action={
          <ButtonLink href="/audit">
            {far === "own" ? "Your own log" : "Your team’s log"}
          </ButtonLink>
        }
      >
        Agents read their own entries, managers their own team’s. Compliance reads all.
      </Empty>
    );
  if (filtered)
    return (
      <Empty
        kind="no-match"
        title="No entry matches"
        action={<ButtonLink href="/audit">Clear the filters</ButtonLink>}
      >
        Nothing that you may see fits all of these filters. Days are in UTC, both included.
      </Empty>
    );
  return (
    <Empty kind="nothing" icon="doc" title="No entries yet">
      Each step becomes an entry as it happens: signing in, opening a person, asking, deciding,
      starting, what is done, ending.
    </Empty>
  );
}
