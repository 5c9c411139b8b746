import type { FormState } from "#lib/platform/form-state.ts";
import type { Proposal } from "#lib/proposals/queries.ts";

/** One difference in words; an empty side is said as “nothing”. */
export type Change = { what: string; before: string; after: string; isLooser?: boolean };

/** How proposals of one kind read, and what a second person's yes does. */
export type Kind = {
  /** “Policy”. */
  name: string;
  /** What it is about, in a few words: “Pebblewick Bakery”. */
  title: (proposal: Proposal) => string;
  /** Before → after. */
  changes: (proposal: Proposal) => Change[];
  /** What happens with a yes, in a sentence. */
  means: (proposal: Proposal) => string;
  /** Where it is seen in its place: the account, the person, the rules. */
  place: (proposal: Proposal) => { href: string; label: string } | null;
  /** Accepts and carries out, or declines: made by `decisionOf`. Null: it can only be declined. */
  decide: ((before: FormState, form: FormData) => Promise<FormState>) | null;
};
