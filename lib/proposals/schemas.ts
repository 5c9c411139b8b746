import { z } from "zod";
import { idSchema } from "#lib/kernel/ids.ts";
import { sentence } from "#lib/kernel/sentence.ts";
import { lettersOf, typedText } from "#lib/kernel/typed-text.ts";

/** What a proposal is for; shown to who decides, and on record. */
export const proposalReason = sentence(
  "Say in at least 10 characters why. It is on record, and read by who decides.",
  500,
);

export const acceptSchema = z.object({
  proposalId: idSchema,
  comment: typedText.pipe(
    z.string().refine((text) => lettersOf(text) <= 500, "Too long: at most 500 characters."),
  ),
});
export type AcceptInput = z.infer<typeof acceptSchema>;

export const declineSchema = z.object({
  proposalId: idSchema,
  comment: sentence("Say in at least 3 characters why not. They read it.", 500, 3),
});
export type DeclineInput = z.infer<typeof declineSchema>;

export const withdrawSchema = z.object({ proposalId: idSchema });

/** A second person's answer: a yes, or a no that says why. */
export const decisionSchema = z.discriminatedUnion("vote", [
  acceptSchema.extend({ vote: z.literal("accept") }),
  declineSchema.extend({ vote: z.literal("decline") }),
]);
