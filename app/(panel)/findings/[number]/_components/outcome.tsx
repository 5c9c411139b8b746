import { Time } from "#components/time.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Quote } from "#components/ui/quote.tsx";
import type { FindingView } from "#lib/findings/read-finding.ts";
import { Due, StatusMark } from "../../_components/marks.tsx";
import { findingPath } from "../../address.ts";

type OutcomeProps = { finding: FindingView; zone: string };

/** What somebody decided, where the form was; `next` is the number of the open finding that is due first. */
export function Outcome({ finding, zone, next }: OutcomeProps & { next: number | null }) {
  const { status, note, disposedBy, disposedAt, at } = finding;
  return (
    <Card className="triage" id="triage" title="What it was" aside={<StatusMark status={status} />}>
      <div className="stack s">
        {note && <Quote large>{note}</Quote>}
        <p className="sm soft">
          {disposedBy}
          {disposedAt && (
            <>
              , <Time at={disposedAt} now={at} zone={zone} />
            </>
          )}
          . It stays as it is; what is new comes as another finding.
        </p>
        {next !== null && (
          <div className="row">
            <ButtonLink href={findingPath(next)} shortcut="N">
              Next open finding
            </ButtonLink>
          </div>
        )}
      </div>
    </Card>
  );
}

/** Why this reader does not decide, and who does. */
export function NotYours({ finding, zone }: OutcomeProps) {
  const { refusal, keeper, dueAt, at } = finding;
  return (
    <Card
      className="triage"
      id="triage"
      title="Open"
      aside={<Due named at={dueAt} now={at} zone={zone} />}
    >
      <p className="sm soft">
        <Icon name="lock" /> {refusal?.message}
        {keeper && refusal?.code === "not_allowed" && <> That is {keeper}, or compliance.</>}
      </p>
    </Card>
  );
}
