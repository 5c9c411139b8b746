import type { ProposalKind } from "#lib/vocabulary.ts";
import { flagKind } from "./flag.ts";
import type { Kind } from "./kind.ts";
import { plainChanges } from "./plain-changes.ts";
import { policyKind } from "./policy.ts";

const plain = {
  changes: plainChanges,
  means: () => "it is in force at once.",
  place: () => null,
  decide: null,
} as const;

/** Each kind has a file of its own beside this one, once it can be carried out. */
export const kinds: Record<ProposalKind, Kind> = {
  flag: flagKind,
  policy: policyKind,
  role: { ...plain, name: "Roles", title: (one) => one.staffName ?? "Somebody’s roles" },
};
