import "#components/no-eval.ts";
import { z } from "zod";

const choice = z.object({
  /** What is sent. */
  value: z.string(),
  label: z.string(),
  /** What tells it from others of that name. */
  second: z.string().nullable(),
});
export type Choice = z.infer<typeof choice>;

/** What the source of a choice answers: the first of those that match, by name. */
export const choicesAnswer = z.object({
  q: z.string(),
  choices: z.array(choice),
  /** Whether there are more than these. */
  more: z.boolean(),
});
export type ChoicesAnswer = z.infer<typeof choicesAnswer>;
