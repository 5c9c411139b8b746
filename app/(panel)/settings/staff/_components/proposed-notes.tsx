import { ButtonLink } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import { proposalNumber } from "#lib/kernel/ids.ts";
import type { readOpenOf } from "#lib/proposals/queries.ts";
import { staffWould } from "../../../proposals/_kinds/role-words.ts";

type Props = { waiting: Awaited<ReturnType<typeof readOpenOf>> };

/** What somebody proposed about this person and another admin has yet to decide. */
export function ProposedNotes({ waiting }: Props) {
  return waiting.map((proposal) => (
    <Note
      key={proposal.id}
      icon="two"
      tone="accent"
      title={`${proposalNumber(proposal.number)} proposes that ${staffWould(proposal)}`}
      actions={<ButtonLink href={`/proposals/${proposal.number}`}>Open the proposal</ButtonLink>}
    >
      <p>{`By ${proposal.proposedByName}: “${proposal.reason}”`}</p>
      <p>Another admin accepts or declines.</p>
    </Note>
  ));
}
