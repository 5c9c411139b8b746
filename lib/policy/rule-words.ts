import type { ApproverKind } from "#lib/vocabulary.ts";
import { basisWords } from "#lib/vocabulary-labels.ts";
import type { ApprovalRule, ReachRule } from "./approvals-policy.ts";
import type { Reason } from "./policy.ts";

const or = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;

const voters: Record<ApproverKind, [one: string, two: string]> = {
  own_manager: ["the actor’s own manager", "the actor’s own manager"],
  manager: ["a manager", "managers"],
  compliance: ["compliance", "compliance"],
};

/** “Acting in a regulated account: 2 votes of managers”. */
export function ruleWords(rule: ApprovalRule): string {
  const doing =
    rule.scopes?.length === 1 ? (rule.scopes[0] === "write" ? "Acting" : "Looking") : "Standing in";
  const whom = [
    rule.vip && "a VIP",
    rule.owner && "the owner of an account",
    rule.tiers &&
      `somebody of ${or(rule.tiers.map((tier) => (tier === "enterprise" ? "an enterprise" : `a ${tier}`)))} account`,
    rule.optedOut && "somebody of an account that opted out",
  ].filter((part) => typeof part === "string");
  const about = whom.length === 0 ? "for anybody" : `for ${whom.join(" who is also ")}`;
  const votes =
    rule.votes === 1 ? `1 vote of ${voters[rule.by][0]}` : `2 votes of ${voters[rule.by][1]}`;
  return `${doing} ${about}: ${votes}`;
}

/** “Support Europe: regions Europe or UK; products ledger”. */
export function reachWords({ team, regions, tiers, products, subjectRoles }: ReachRule): string {
  const parts = [
    regions && `regions ${or(regions)}`,
    tiers && `tiers ${or(tiers)}`,
    products && `products ${or(products)}`,
    subjectRoles && `people who are ${or(subjectRoles)} in their account`,
  ].filter((part) => part !== undefined);
  return `${team}: ${parts.length === 0 ? "everybody" : parts.join("; ")}`;
}

export const ticketWords = { required: "a ticket is required", optional: "a ticket is optional" };

/** “Reproduce a fault: performance of the contract, a ticket is required”. */
export const reasonWords = ({ label, basis, ticket }: Reason): string =>
  `${label}: ${basisWords[basis]}, ${ticketWords[ticket]}`;
