import { z } from "zod";
import { idSchema } from "#lib/kernel/ids.ts";
import { sentence } from "#lib/kernel/sentence.ts";
import { lettersOf, typedText } from "#lib/kernel/typed-text.ts";
import { disposals, sessionVerdicts } from "#lib/vocabulary.ts";

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

/** What is said of a session afterwards; looking closer wants a sentence, which its finding shows. */
export const reviewSessionSchema = z
  .object({
    sessionId: idSchema,
    verdict: z.enum(sessionVerdicts, { error: "Choose as expected or look closer." }),
    comment: typedText
      .pipe(
        z.string().refine((text) => lettersOf(text) <= 1000, "Too long: at most 1000 characters."),
      )
      .optional(),
  })
  .refine(({ verdict, comment }) => verdict === "as_expected" || lettersOf(comment ?? "") >= 10, {
    path: ["comment"],
    error: "Say in at least 10 characters what to look at. The finding shows it.",
  });
export type ReviewSessionInput = z.infer<typeof reviewSessionSchema>;
