import { z } from "zod";
import { idSchema } from "#lib/kernel/ids.ts";
import { lettersOf, typedText } from "#lib/kernel/typed-text.ts";

const sentence = (tooShort: string) =>
  typedText
    .refine((text) => lettersOf(text) >= 10, tooShort)
    .refine((text) => lettersOf(text) <= 2000, "At most 2000 characters.");

export const disposals = ["explained", "coaching", "incident"] as const;

export const disposeSchema = z.object({
  findingId: idSchema,
  as: z.enum(disposals, { error: "Choose what it was." }),
  note: sentence("Say in at least 10 characters what you found out. It is on record."),
});
export type DisposeInput = z.infer<typeof disposeSchema>;

export const answerSchema = z.object({
  findingId: idSchema,
  answer: sentence("Say why in at least 10 characters. Your manager reads it."),
});
export type AnswerInput = z.infer<typeof answerSchema>;
