import type { SubjectFacts } from "#lib/directory/facts.ts";
import { outOfReach } from "#lib/directory/reach.ts";
import { treatedAs } from "#lib/directory/treated.ts";
import { type Actor, has } from "#lib/kernel/actor.ts";
import type { RefusalCode } from "#lib/kernel/result.ts";
import type { Scope, Sensitivity } from "#lib/vocabulary.ts";
import type { Policy } from "./policy.ts";
import { type Requirement, requirements, termsMissing, votesNeeded } from "./requirements.ts";
import { sensitivity } from "./sensitivity.ts";

export type Decision =
  | { kind: "allow" }
  | {
      kind: "needs_approval";
      /** The most votes that any of the requirements wants. */
      approvals: number;
      requirements: Requirement[];
      /** What makes the subject sensitive; empty where a rule wants an approval all the same. */
      because: Sensitivity[];
    }
  | { kind: "refuse"; code: RefusalCode; message: string };

/** Why nobody may stand in for this person, or null. One sentence, without telling more than the search shows. */
export function subjectRefusal(
  subject: Pick<
    SubjectFacts,
    "account" | "isStaff" | "status" | "kind" | "isOwner" | "heldBecause"
  >,
): { code: RefusalCode; message: string; short: string } | null {
  if (subject.isStaff)
    return {
      code: "subject_is_staff",
      short: "Staff",
      message: "Nobody can stand in for staff. This attempt is on record.",
    };
  if (subject.account.stance === "closed")
    return {
      code: "account_closed",
      short: "Account closed",
      message: "The customer has closed this account to standing in.",
    };
  if (treatedAs(subject).isClosed)
    return {
      code: "account_closed",
      short: "Account closed before",
      message:
        "They came from an account that is closed to standing in. A second person has to accept first that they are no longer of it.",
    };
  if (subject.status !== "active")
    return {
      code: "subject_not_impersonable",
      short: "Deactivated",
      message: "This person is deactivated in the product, so nobody can stand in for them.",
    };
  if (subject.kind === "service")
    return {
      code: "subject_not_impersonable",
      short: "Service user",
      message: "This is a service user, not a person, so nobody can stand in for it.",
    };
  return null;
}

const lookingOnlyMessage =
  "Acting was not given to you, or was taken away: you may look and never act. Ask to look instead.";

/** Whether this actor may look as somebody and never act. */
export const isLookingOnly = (actor: Actor): boolean =>
  actor.kind === "staff" && actor.lookingOnly === true;

/**
 * Whether this actor may stand in for this subject: the one function behind button, action and API (DESIGN §3).
 * Pure; the schema guarantees its shape a second time.
 */
export function decide(
  actor: Actor,
  subject: SubjectFacts,
  policy: Policy,
  scope: Scope = "read",
): Decision {
  if (actor.kind !== "staff" || !has(actor, "agent"))
    return {
      kind: "refuse",
      code: "not_allowed",
      message: "Only agents stand in for customers. Your roles do not include it.",
    };
  if (scope === "write" && isLookingOnly(actor))
    return { kind: "refuse", code: "looking_only", message: lookingOnlyMessage };
  const refusal = subjectRefusal(subject);
  if (refusal) return { kind: "refuse", code: refusal.code, message: refusal.message };
  const far = outOfReach(actor.team, subject, policy.reach);
  if (far) return { kind: "refuse", code: "out_of_your_reach", message: far };
  if (termsMissing(policy, subject.account) === "refuse")
    return {
      kind: "refuse",
      code: "terms_missing",
      message: `${subject.account.name} has not accepted the terms that tell of staff access, so nobody can stand in for its people.`,
    };
  const wanted = requirements(policy, subject, scope);
  if (wanted.length === 0) return { kind: "allow" };
  return {
    kind: "needs_approval",
    approvals: votesNeeded(wanted),
    requirements: wanted,
    because: sensitivity(subject),
  };
}
