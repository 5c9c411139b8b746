import { proposalNumber } from "#lib/kernel/ids.ts";
import { bare, open, text, type Words } from "./bare-words.ts";
import type { NoticeFacts } from "./facts.ts";
import { oneLine, someLines } from "./plain.ts";
import type { ProposalFacts } from "./proposal-facts.ts";
import { when } from "./when.ts";

const proposalWords = { flag: "a looser flag", policy: "a change of the policy", role: "a role" };

/** What waits for a second person, and its outcome. */
export function proposed(facts: NoticeFacts, proposal: ProposalFacts): Words {
  const number = proposalNumber(proposal.number);
  // The title has the number already.
  const what = oneLine(text.parse(facts.body.what)).replace(`${number} proposed: `, "");
  const zone = facts.reader?.zone ?? "UTC";
  const by = proposal.decidedBy ? oneLine(proposal.decidedBy) : null;
  const outcome =
    proposal.status === "pending"
      ? null
      : `${by ? `${by} ${proposal.status} it.` : "Nobody decided in time: it has lapsed."}${proposal.comment ? ` “${oneLine(proposal.comment, 500)}”` : ""}`;
  return {
    ...bare(facts),
    title:
      facts.kind === "proposal_made"
        ? `${number} waits for a second person: ${proposalWords[proposal.kind]}`
        : `${number}: ${proposal.status}`,
    facts: [
      { label: "What", value: what },
      { label: "Proposed by", value: oneLine(proposal.by) },
      ...(proposal.account ? [{ label: "Account", value: oneLine(proposal.account) }] : []),
      ...(proposal.person ? [{ label: "Person", value: oneLine(proposal.person) }] : []),
      ...(outcome
        ? []
        : [{ label: "Decide until", value: when(proposal.lapsesAt, { now: facts.now, zone }) }]),
    ],
    quote: someLines(proposal.reason),
    links: [open("Open the proposal", `/proposals/${number}`)],
    outcome,
  };
}
