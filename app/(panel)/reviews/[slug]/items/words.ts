import type { Item } from "#lib/reviews/item.ts";
import type { Attestation, GrantSource, Role } from "#lib/vocabulary.ts";
import { roleWords } from "#lib/vocabulary-labels.ts";
import { givenName } from "../../../_words/given-name.ts";

type Named = Pick<Item, "name" | "role" | "lookingOnly" | "kind">;

/** What a person is called after their full name; a service account has no given name. */
export const calledBy = ({ name, kind }: Pick<Item, "name" | "kind">): string =>
  kind === "service" ? name : givenName(name);

/** The question of an item's page. */
export function questionOf({ name, role, lookingOnly }: Omit<Named, "kind">): string {
  switch (role) {
    case "agent":
      return lookingOnly
        ? `Should ${name} go on looking as customers?`
        : `Should ${name} go on standing in?`;
    case "manager":
      return `Should ${name} go on deciding on requests?`;
    case "compliance":
      return `Should ${name} go on overseeing?`;
    case "admin":
      return `Should ${name} go on changing staff and settings?`;
  }
}

/** Why an item is decided by itself. */
export const privilegeWords: Record<Role, string> = {
  agent: "Privileged: may act",
  manager: "Privileged: approves",
  compliance: "Privileged: takes evidence out",
  admin: "Privileged: changes staff",
};

export const sourceWords: Record<GrantSource, string> = {
  set_up: "Set-up",
  panel: "By hand",
  command: "Command line",
  issuer_group: "Group of the issuer",
  review: "Left by a review",
};

/** What choosing it does, each in a sentence. */
export function meansOf(decision: Attestation, item: Named): string {
  const given = calledBy(item);
  switch (decision) {
    case "keep":
      return "All as it is until the next review.";
    case "change":
      return "Take acting away, leave looking. Acting ends at once; then we try it and record the refusal.";
    case "revoke":
      return item.role === "agent"
        ? "Ends a live session at once. We then try the access and record the refusal."
        : `Takes the role ${roleWords[item.role].name.toLowerCase()} from ${given} at once. We then try the access and record the refusal.`;
  }
}

export const decisionNames: Record<Attestation, string> = {
  keep: "Keep",
  change: "Change",
  revoke: "Revoke",
};

const past: Record<Attestation, string> = {
  keep: "Kept",
  change: "Changed to looking only",
  revoke: "Revoked",
};

/** What a toast says of a decision: "Kept: Ismene Marrowe, agent." */
export const decidedWords = (item: Pick<Item, "name" | "role" | "decision">): string =>
  item.decision ? `${past[item.decision]}: ${item.name}, ${item.role}.` : "";

/** "Fourth quarter 2026" is of the campaign; here its reviewer's line: "reports to you", "reports to Runa Castellane". */
export const reportsTo = (managerName: string | null, isReader: boolean): string =>
  isReader ? "reports to you" : managerName ? `reports to ${managerName}` : "reports to nobody";

/** "2 of 4 sampled sessions opened." */
export function sampleWords(opened: number, size: number): string | null {
  if (size === 0) return null;
  const so = `${opened} of ${size} sampled ${size === 1 ? "session" : "sessions"} opened.`;
  return opened < size ? `${so} You can decide now; the pack will say so.` : so;
}
