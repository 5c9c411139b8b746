import { Time } from "#components/time.tsx";
import { Card } from "#components/ui/card.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Quote } from "#components/ui/quote.tsx";
import type { readProposal } from "#lib/proposals/queries.ts";
import { statusAt } from "#lib/proposals/rules.ts";
import { kinds } from "../_kinds/kinds.ts";
import { declineProposal } from "../actions.ts";
import { DecisionForm } from "./decision-form.tsx";
import { ProposalMark } from "./status.tsx";
import { WithdrawForm } from "./withdraw-form.tsx";

type ProposalView = NonNullable<Awaited<ReturnType<typeof readProposal>>>;
type StandingProps = {
  proposal: ProposalView;
  /** Why it can be declined only, since what it was made against is in force no longer. */
  overtaken: string | null;
  readerId: string;
  zone: string;
};

/** Beside what is proposed: the decision, why it is not this reader's, or what became of it. */
export function Standing({ proposal, overtaken, readerId, zone }: StandingProps) {
  const kind = kinds[proposal.kind];
  if (statusAt(proposal, proposal.at) !== "pending")
    return <Outcome proposal={proposal} zone={zone} />;
  if (!proposal.refusal)
    return (
      <DecisionForm
        proposalId={proposal.id}
        proposer={proposal.proposedByName}
        means={kind.means(proposal)}
        decide={kind.decide ?? declineProposal}
        notAcceptable={
          proposal.notAcceptable?.message ??
          overtaken ??
          (kind.decide ? null : "It cannot be carried out here. Decline it.")
        }
      />
    );
  return (
    <Card
      className="triage"
      id="decision"
      title="Who decides"
      aside={<ProposalMark status="pending" />}
    >
      <div className="stack s">
        <p className="sm">
          <Icon name="lock" /> {proposal.refusal.message}
        </p>
        {proposal.proposedBy === readerId && <WithdrawForm proposalId={proposal.id} />}
      </div>
    </Card>
  );
}

function Outcome({ proposal, zone }: { proposal: ProposalView; zone: string }) {
  const { status, comment, decidedByName, decidedAt, at, lapsesAt } = proposal;
  const mark = <ProposalMark status={statusAt(proposal, at)} />;
  return (
    <Card className="triage" id="decision" title="What became of it" aside={mark}>
      <div className="stack s">
        {comment && <Quote large>{comment}</Quote>}
        <p className="sm soft">
          {decidedByName ? `${decidedByName}, ` : "Nobody decided in time, "}
          <Time at={decidedAt ?? lapsesAt} now={at} zone={zone} />.
          {status !== "accepted" && " Nothing was changed."}
        </p>
      </div>
    </Card>
  );
}
