import type { Attestation, Role } from "#lib/vocabulary.ts";

/** What a decision rests on, as it is at that moment. */
export type ItemFacts = {
  name: string;
  role: Role;
  isOpen: boolean;
  endedAt: Date | null;
  decision: Attestation | null;
  privileged: boolean;
  /** The grant was taken away after the opening, by whatever way. */
  isGone: boolean;
  isExcepted: boolean;
  lookingOnly: boolean;
};

export type Conflict = "own" | "gave" | "reports";

/**
 * Whether two people are too near: the reader's own right, one that they gave, of whom they report to; through whichever of
 * the reader's accounts.
 */
export function conflictOf(facts: {
  accounts: readonly string[];
  personId: string;
  grantedBy: string | null;
  readerReports: boolean;
}): Conflict | null {
  if (facts.accounts.includes(facts.personId)) return "own";
  if (facts.grantedBy !== null && facts.accounts.includes(facts.grantedBy)) return "gave";
  return facts.readerReports ? "reports" : null;
}

export const conflictWords = (conflict: Conflict, name: string): string =>
  conflict === "own"
    ? "You cannot decide on your own rights, through none of your accounts. It goes to somebody else by itself."
    : conflict === "gave"
      ? "You cannot decide on a right that you gave. Hand it on."
      : `You cannot decide for ${name}, to whom you report. Hand it on.`;

/** As it is kept with the decision. */
export const noConflict = (reviewer: string, name: string): string =>
  `No conflict: ${reviewer} did not grant it and does not report to ${name}.`;

/** The same to the reviewer. */
export const noConflictWords = (name: string): string =>
  `No conflict: you did not grant it, and you do not report to ${name}.`;

/** What may be said of an item: changing is for an agent who may act, and the last admin is not revoked. */
export function offered({
  role,
  lookingOnly,
  isLastAdmin = false,
}: Pick<ItemFacts, "role" | "lookingOnly"> & { isLastAdmin?: boolean }): Attestation[] {
  if (isLastAdmin) return ["keep"];
  return role === "agent" && !lookingOnly ? ["keep", "change", "revoke"] : ["keep", "revoke"];
}

/** Why an item takes no decision, or not this one; null where it does. The schema refuses the same. */
export function decisionRefusal(
  item: ItemFacts,
  decision: Attestation,
  inBulk: boolean,
): { code: "ended" | "already_decided" | "conflict" | "invalid"; message: string } | null {
  if (!item.isOpen)
    return {
      code: "ended",
      message: "The review is closed: nothing of it changes any more.",
    };
  if (item.endedAt)
    return {
      code: "ended",
      message: "This right had ended before the review was opened: there is nothing to decide.",
    };
  if (item.decision === "revoke" || item.decision === "change")
    return {
      code: "already_decided",
      message: `It was decided, and carried out: ${item.name} has lost it. An admin can give it anew under Settings, Staff.`,
    };
  if (item.isExcepted)
    return {
      code: "already_decided",
      message: `An exception was made of the right of ${item.name}: the next review asks again.`,
    };
  if (item.isGone)
    return {
      code: "conflict",
      message: `The right of ${item.name} was taken away meanwhile: there is nothing left to decide. What was given since is for the next review.`,
    };
  if (inBulk && item.privileged)
    return {
      code: "invalid",
      message: `The right of ${item.name} is privileged: it is decided by itself.`,
    };
  if (offered(item).includes(decision)) return null;
  return {
    code: "invalid",
    message: `${item.name} does not act, so acting cannot be taken away.`,
  };
}

/** Past tense, with what it means. */
export const decisionWords: Record<Attestation, string> = {
  keep: "Keep",
  change: "Change to looking only",
  revoke: "Revoke",
};
