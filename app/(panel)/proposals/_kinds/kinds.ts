import type { ProposalKind } from "#lib/vocabulary.ts";
import { flagKind } from "./flag.ts";
import type { Kind } from "./kind.ts";
import { policyKind } from "./policy.ts";
import { roleKind } from "./role.ts";

/** Each kind has a file of its own beside this one, once it can be carried out. */
export const kinds: Record<ProposalKind, Kind> = {
  flag: flagKind,
  policy: policyKind,
  role: roleKind,
};
