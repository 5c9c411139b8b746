import type { HeldReason } from "#lib/vocabulary.ts";

const words: Record<HeldReason, string> = {
  regulated: "of a regulated account",
  enterprise: "of an enterprise account",
  opted_out: "of an account that opted out",
  closed: "of an account that is closed to standing in",
  owner: "an owner",
};

/** “of a regulated account and an owner” */
export const heldWords = (held: readonly HeldReason[]): string =>
  held.map((one) => words[one]).join(" and ");

/** “treated no longer as of a regulated account” */
export const heldSentence = (held: readonly HeldReason[]): string =>
  `treated no longer as ${heldWords(held)}`;
