import type { SubjectFacts } from "#lib/directory/facts.ts";
import type { Sensitivity } from "#lib/vocabulary.ts";

/** What makes this subject sensitive (DESIGN §2); the schema computes the same in `subject_sensitivity`. */
export function sensitivity(
  subject: Pick<SubjectFacts, "account" | "isVip" | "isOwner">,
): Sensitivity[] {
  const because: Sensitivity[] = [];
  if (subject.account.tier !== "standard") because.push(subject.account.tier);
  if (subject.account.stance === "opted_out") because.push("opted_out");
  if (subject.isVip) because.push("vip");
  if (subject.isOwner) because.push("owner");
  return because;
}
