import type { SubjectFacts } from "#lib/directory/facts.ts";
import { treatedAs } from "#lib/directory/treated.ts";
import { type ApproverKind, approverKinds, type Scope } from "#lib/vocabulary.ts";
import type { ApprovalRule } from "./approvals-policy.ts";
import type { Policy } from "./policy.ts";
import { sensitivity } from "./sensitivity.ts";

/** So many votes by these. An ask is granted once all of its requirements are met. */
export type Requirement = { by: ApproverKind; votes: number };

/** Whether a rule is about this ask: all that it names must be so. */
function isAbout(rule: ApprovalRule, subject: SubjectFacts, scope: Scope): boolean {
  const { tier, isOptedOut, isOwner } = treatedAs(subject);
  return (
    (!rule.tiers || rule.tiers.includes(tier)) &&
    (!rule.scopes || rule.scopes.includes(scope)) &&
    (!rule.vip || subject.isVip) &&
    (!rule.owner || isOwner) &&
    (!rule.optedOut || isOptedOut)
  );
}

/** What the policy makes of an account that accepted no such terms as it names; null where it accepted them, or nobody minds. */
export function termsMissing(
  { terms }: Pick<Policy, "terms">,
  account: SubjectFacts["account"],
): "approval" | "refuse" | null {
  if (terms.missing === "allow" || account.termsVersion === terms.version) return null;
  return terms.missing;
}

/**
 * What an ask wants by the policy, the strictest of each kind, own manager first; empty: nothing. Two votes of which one is
 * their own manager's are both of a manager's. The schema computes the same (`approval_requirements`) and freezes it.
 */
export function requirements(policy: Policy, subject: SubjectFacts, scope: Scope): Requirement[] {
  const wanted: Requirement[] = [];
  for (const { by, votes } of policy.approvals.rules.filter((one) => isAbout(one, subject, scope)))
    if (by !== "own_manager") wanted.push({ by, votes });
    else wanted.push({ by, votes: 1 }, ...(votes > 1 ? [{ by: "manager" as const, votes }] : []));
  if (sensitivity(subject).length > 0)
    wanted.push({ by: "manager", votes: policy.approvals.sensitive });
  if (termsMissing(policy, subject.account) === "approval")
    wanted.push({ by: "manager", votes: 1 });
  const most = (by: ApproverKind) =>
    Math.max(0, ...wanted.filter((one) => one.by === by).map(({ votes }) => votes));
  return approverKinds.flatMap((by) => {
    const votes = most(by);
    const isMetAnyhow = by === "manager" && most("own_manager") >= votes;
    return votes === 0 || isMetAnyhow ? [] : [{ by, votes }];
  });
}

/** The most votes that any of them wants. */
export const votesNeeded = (wanted: readonly Requirement[]): number =>
  Math.max(0, ...wanted.map(({ votes }) => votes));

/** How many people it takes: who is a manager and of compliance is one of both. `least` where no rule says. */
export function peopleNeeded(wanted: readonly Requirement[], least = 0): number {
  const votes = (...kinds: ApproverKind[]) =>
    votesNeeded(wanted.filter(({ by }) => kinds.includes(by)));
  return Math.max(least, votes("own_manager", "manager") + votes("compliance"));
}
