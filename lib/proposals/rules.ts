import type { Actor } from "#lib/kernel/actor.ts";
import { has } from "#lib/kernel/actor.ts";
import type { Refusal } from "#lib/kernel/result.ts";
import type { ProposalKind, ProposalStatus, Role } from "#lib/vocabulary.ts";

/** Days until what nobody decided is void. */
export const proposalDays = 7;

/** Whose roles decide on which kind; the schema knows the same (`proposals_guard`). */
export const decidingRoles: Record<ProposalKind, readonly Role[]> = {
  flag: ["manager"],
  policy: ["admin", "compliance"],
  role: ["admin"],
};

export const kindsDecidedBy = (actor: Actor): ProposalKind[] =>
  (["flag", "policy", "role"] as const).filter((kind) =>
    decidingRoles[kind].some((role) => has(actor, role)),
  );

/** What is still open by its row and has lapsed by the clock is lapsed. */
export const statusAt = (
  { status, lapsesAt }: { status: ProposalStatus; lapsesAt: Date },
  at: Date,
): ProposalStatus => (status === "pending" && at >= lapsesAt ? "lapsed" : status);

export type Decidable = {
  kind: ProposalKind;
  status: ProposalStatus;
  lapsesAt: Date;
  decidedByName: string | null;
  /** How the reader stands to it, as one person, through whichever of their accounts. */
  isOwn: boolean;
  isAbout: boolean;
  /** Who may decide beside the reader. */
  others: readonly string[];
};

/** Why this person does not decide on this proposal now, or null. */
export function decisionRefusal(
  actor: Actor,
  proposal: Decidable,
  at: Date,
): Pick<Refusal, "code" | "message"> | null {
  const can = otherwise(proposal);
  switch (statusAt(proposal, at)) {
    case "pending":
      break;
    case "lapsed":
      return { code: "lapsed", message: "It has lapsed: nobody decided in time. Propose it anew." };
    case "withdrawn":
      return { code: "already_decided", message: "It was withdrawn by who proposed it." };
    default:
      return {
        code: "already_decided",
        message: `${proposal.decidedByName ?? "Somebody"} decided before you. Yours was not recorded.`,
      };
  }
  if (proposal.isOwn)
    return { code: "second_person", message: `You proposed it; somebody else decides. ${can}` };
  if (proposal.isAbout)
    return { code: "own_record", message: `It is about you; somebody else decides. ${can}` };
  if (!decidingRoles[proposal.kind].some((role) => has(actor, role)))
    return { code: "not_approver", message: `You cannot decide on this. ${can}` };
  return null;
}

/** Why nobody accepts this any more, whoever they are, or null: it would be one person's word. */
export function acceptanceRefusal({
  proposerMay,
  proposedByName: name,
  kind,
}: {
  proposerMay: boolean;
  proposedByName: string;
  kind: ProposalKind;
}): Pick<Refusal, "code" | "message"> | null {
  if (proposerMay) return null;
  const role = or(decidingRoles[kind].map((one) => roleNames[one]));
  return {
    code: "conflict",
    message: `${name}, who proposed it, is not ${role} any more, or is suspended, so accepting it would be one person’s word. Decline it; whoever may can propose it anew.`,
  };
}

const roleNames: Record<Role, string> = {
  agent: "an agent",
  manager: "a manager",
  compliance: "somebody of compliance",
  admin: "an admin",
};

/** Who can instead: “Runa Sato or Ansel Dray can.” */
export function otherwise({ kind, others }: Pick<Decidable, "kind" | "others">): string {
  if (others.length === 0)
    return `Nobody else can yet: it takes ${or(decidingRoles[kind].map((role) => roleNames[role]))}.`;
  const shown = others.slice(0, 3);
  return `${or(others.length > 3 ? [...shown, `${others.length - 3} more`] : shown)} can.`;
}

const or = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
