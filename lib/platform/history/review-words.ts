import type { Attestation, Role } from "#lib/vocabulary.ts";

/** What reviewers write: of those of one role in turn. */
export const kept: Record<Role, readonly string[]> = {
  agent: [
    "Sessions and tickets fit together; the numbers are as expected for the region.",
    "Works on the first line every day and needs it. Opened what was sampled, nothing odd.",
    "As agreed in the last one-to-one: goes on with the accounts of the portfolio.",
    "Trained for the new region, numbers as expected.",
    "Looked at the sample. Short sessions, each for a ticket.",
  ],
  manager: [
    "Leads the team and decides on its requests every day.",
    "Stands in when others are away; decisions are well reasoned.",
  ],
  compliance: ["Runs the reviews. Reads, and starts nothing."],
  admin: ["Runs the installation. Changes are few, and each is on record."],
};

export type Said = { decision: Attestation; justification: string };

/** Whom more is said about, by name, in the older and in the newer review. */
export const inOlder: Record<string, Said> = {
  "Tobias Kerrigan": {
    decision: "revoke",
    justification:
      "Has not used it once since it was given. Moved to sales; asks again when it is needed.",
  },
};
export const inNewer: Record<string, Said> = {
  "Pavo Tindalle": {
    decision: "revoke",
    justification: "Left the company. The account is deactivated; the role goes too.",
  },
  "Davi Santerro": {
    decision: "change",
    justification:
      "Acting was for the move of two customers in summer, which is over. Looking is enough.",
  },
  "Wanda Thorley": {
    decision: "revoke",
    justification:
      "Unused for most of a year, then used once without a ticket. Asks again with a reason.",
  },
};

/** What follows elsewhere, and after whose decision. */
export const outside = {
  name: "Wanda Thorley",
  what: "Take Wanda Thorley out of the group support-americas at the identity provider.",
};
export const statement =
  "I have seen that the population is complete, that each item was decided by somebody with authority and without a conflict, and that what was taken is gone.";
