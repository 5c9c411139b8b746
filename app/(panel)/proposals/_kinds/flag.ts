import { proposedFlag } from "#lib/directory/flag-schemas.ts";
import { flagNames, flagWord } from "#lib/directory/flag-words.ts";
import { proposedHeld } from "#lib/directory/held-schemas.ts";
import { heldWords } from "#lib/directory/held-words.ts";
import type { Proposal } from "#lib/proposals/queries.ts";
import type { Flag } from "#lib/vocabulary.ts";
import { capital } from "../../_components/words.ts";
import { acceptFlagProposal } from "./flag-action.ts";
import type { Kind } from "./kind.ts";
import { plainChanges } from "./plain-changes.ts";

const nameOf = ({ subjectName, accountName }: Proposal): string =>
  subjectName && accountName
    ? `${subjectName}, ${accountName}`
    : (subjectName ?? accountName ?? "A customer");

const titles: Record<Flag, (name: string) => string> = {
  tier: (name) => `Tier of ${name}`,
  stance: (name) => `Standing in at ${name}`,
  vip: (name) => `Whether ${name} is a VIP`,
};

/** A looser tier or stance of an account; a person who is a VIP no longer, or is treated as they are now. */
export const flagKind: Kind = {
  name: "Flag",
  title: (proposal) => {
    const held = proposedFlag.safeParse(proposal);
    return held.success
      ? titles[held.data.after.flag](nameOf(proposal))
      : `How ${nameOf(proposal)} is treated`;
  },
  changes: (proposal) => {
    const since = proposedHeld.safeParse(proposal);
    if (since.success)
      return [
        {
          what: "Treated as",
          before: capital(heldWords(since.data.before.held)),
          after: `What they are now at ${proposal.accountName ?? "their account"}`,
        },
      ];
    const held = proposedFlag.safeParse(proposal);
    if (!held.success) return plainChanges(proposal);
    const { before, after } = held.data;
    return [
      {
        what: flagNames[after.flag],
        before: capital(flagWord(before.flag, before.value)),
        after: capital(flagWord(after.flag, after.value)),
      },
    ];
  },
  means: (proposal) =>
    `agents can stand in for ${proposal.subjectName ?? `the people of ${proposal.accountName}`} with less than now, at once.`,
  place: ({ subjectId, accountId, subjectName, accountName }) =>
    subjectId
      ? { href: `/customers/${subjectId}`, label: subjectName ?? "The person" }
      : accountId
        ? { href: `/customers/accounts/${accountId}`, label: accountName ?? "The account" }
        : null,
  decide: acceptFlagProposal,
};
