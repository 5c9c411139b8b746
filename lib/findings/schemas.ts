import { z } from "zod";
import { idSchema } from "#lib/kernel/ids.ts";
import { sentence } from "#lib/kernel/sentence.ts";
import { disposals } from "#lib/vocabulary.ts";

export const disposeSchema = z.object({
  findingId: idSchema,
  as: z.enum(disposals, { error: "Choose what it was." }),
  note: sentence("Say in at least 10 characters what you found out. It is on record.", 2000),
});
export type DisposeInput = z.infer<typeof disposeSchema>;

export const answerSchema = z.object({
  findingId: idSchema,
  answer: sentence("Say why in at least 10 characters. Your manager reads it.", 2000),
});
export type AnswerInput = z.infer<typeof answerSchema>;
