import { dated } from "#components/time-words.ts";
import { differences } from "#lib/policy/differences.ts";
import { loosens } from "#lib/policy/loosens.ts";
import { proposedPolicy } from "#lib/policy/schemas.ts";
import type { Kind } from "./kind.ts";
import { plainChanges } from "./plain-changes.ts";
import { acceptPolicyProposal } from "./policy-action.ts";

/** The rules of the company. */
export const policyKind: Kind = {
  name: "Policy",
  title: () => "The company’s rules",
  changes: (proposal) => {
    const held = proposedPolicy.safeParse(proposal);
    if (!held.success) return plainChanges(proposal);
    const { before, after } = held.data;
    const loose: readonly string[] = loosens(before.body, after.body);
    return differences(before.body, after.body).map((change) => ({
      ...change,
      isLooser: loose.includes(change.field),
    }));
  },
  means: (proposal) => {
    const held = proposedPolicy.safeParse(proposal);
    const from = held.data?.after.from;
    return from
      ? `the new rules are in force from ${dated(new Date(from), new Date(), "UTC")} UTC on, or at once where that is past.`
      : "the new rules are in force at once, for everybody.";
  },
  place: () => ({ href: "/settings/policy", label: "The rules in force" }),
  decide: acceptPolicyProposal,
};
