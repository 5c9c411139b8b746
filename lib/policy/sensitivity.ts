import type { SubjectFacts } from "#lib/directory/facts.ts";
import { treatedAs } from "#lib/directory/treated.ts";
import type { Sensitivity } from "#lib/vocabulary.ts";

/** What makes this subject sensitive (DESIGN §2); the schema computes the same in `subject_sensitivity`. */
export function sensitivity(
  subject: Pick<SubjectFacts, "account" | "isVip" | "isOwner" | "heldBecause">,
): Sensitivity[] {
  const because: Sensitivity[] = [];
  const { tier, isOptedOut, isOwner } = treatedAs(subject);
  if (tier !== "standard") because.push(tier);
  if (isOptedOut) because.push("opted_out");
  if (subject.isVip) because.push("vip");
  if (isOwner) because.push("owner");
  return because;
}
