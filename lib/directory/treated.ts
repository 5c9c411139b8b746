import type { Tier } from "#lib/vocabulary.ts";
import type { SubjectFacts } from "./facts.ts";

type Treated = { tier: Tier; isOptedOut: boolean; isClosed: boolean; isOwner: boolean };

/**
 * By what somebody is decided on: what they are, or what they were before a product moved them or took ownership from
 * them, where that is stricter and nobody accepted it yet. The schema's `subject_standing` does the same.
 */
export function treatedAs({
  account,
  isOwner,
  heldBecause: held,
}: Pick<SubjectFacts, "isOwner" | "heldBecause"> & {
  account: Pick<SubjectFacts["account"], "tier" | "stance">;
}): Treated {
  const isOf = (tier: Exclude<Tier, "standard">) => account.tier === tier || held.includes(tier);
  return {
    tier: isOf("regulated") ? "regulated" : isOf("enterprise") ? "enterprise" : "standard",
    isOptedOut: account.stance === "opted_out" || held.includes("opted_out"),
    isClosed: account.stance === "closed" || held.includes("closed"),
    isOwner: isOwner || held.includes("owner"),
  };
}
