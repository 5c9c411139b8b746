import type { Scope } from "#lib/vocabulary.ts";

/** What the decision is about, as the form needs it. */
export type DecisionAsk = {
  id: string;
  /** What a vote holds for: the very ask that is shown. */
  hash: string;
  scope: Scope;
  minutes: number;
  actor: string;
  subject: string;
  startWithin: number;
  /** Who has approved already; the votes that are wanted in all. */
  approved: string[];
  votes: number;
  /** Whose votes are wanted beside this one, in words; null: nobody's. */
  more: string | null;
  /** Where it is asked to stand for later sessions. */
  stands: { hours: number; account: string; ticket: string } | null;
  /** Who is away, and until which day in words, where the reader decides for them. */
  forWhom: { name: string; until: string } | null;
};

/** What waits for the reader after this one. */
export type NextAsk = { id: string; words: string };
