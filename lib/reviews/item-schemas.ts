import { z } from "zod";
import { idSchema } from "#lib/kernel/ids.ts";
import { sentence } from "#lib/kernel/sentence.ts";
import { typedText } from "#lib/kernel/typed-text.ts";
import { attestations } from "#lib/vocabulary.ts";

/** A slug and a number as an address says them. */
export const itemAddress = z.object({
  slug: z.string().regex(/^[0-9a-z-]{1,60}$/),
  number: z.coerce.number().int().min(1).max(1_000_000),
});
export type ItemAddress = z.infer<typeof itemAddress>;

const justification = sentence(
  "Say why, in a sentence. It is on record, and auditors read it.",
  1000,
);

export const decideSchema = z.object({
  itemId: idSchema,
  decision: z.enum(attestations, "Choose keep, change or revoke."),
  justification,
});
export type DecideInput = z.infer<typeof decideSchema>;

/** Boxes of a form: none, one or several. */
const items = z
  .union([z.string(), z.array(z.string())], "Choose items.")
  .transform((chosen) => [...new Set([chosen].flat())])
  .pipe(z.array(idSchema).min(1, "Choose items.").max(200, "At most 200 at once."));

/** Several at once: to keep or to revoke, never what is privileged. */
export const decideManySchema = z.object({
  items,
  decision: z.enum(["keep", "revoke"], "Choose keep or revoke."),
  justification,
});
export type DecideManyInput = z.infer<typeof decideManySchema>;

export const sampleSchema = z.object({ itemId: idSchema, sessionId: idSchema });
export type SampleInput = z.infer<typeof sampleSchema>;

const day = z.iso.date("Choose a day.");
const email = typedText.pipe(z.email("That is not an e-mail address, like name@example.com."));

export const taskSchema = z.object({
  itemId: idSchema,
  what: sentence("Say what is to be done, and where.", 1000),
  /** A group of the issuer, by which the next roster with groups looks again; without one, somebody looks by hand. */
  issuerGroup: typedText.pipe(z.string().max(200, "At most 200 characters.")).optional(),
  ownerEmail: email,
  dueOn: day,
});
export type TaskInput = z.infer<typeof taskSchema>;

export const taskGivenOnSchema = z.object({
  taskId: idSchema,
  ownerEmail: email,
  dueOn: day,
  reason: sentence("Say why somebody else does it.", 500),
});
export type TaskGivenOnInput = z.infer<typeof taskGivenOnSchema>;

export const taskDoneSchema = z.object({ taskId: idSchema });

export const taskCheckedSchema = z.object({
  taskId: idSchema,
  result: z.enum(["refused", "still_possible"], "Say what you found."),
  how: sentence("Say how you looked, and what you saw.", 1000),
});
export type TaskCheckedInput = z.infer<typeof taskCheckedSchema>;

export const exceptSchema = z.object({
  itemId: idSchema,
  ownerEmail: email,
  expiresOn: day,
  reason: sentence("Say why it stays as it is.", 1000),
});
export type ExceptInput = z.infer<typeof exceptSchema>;
