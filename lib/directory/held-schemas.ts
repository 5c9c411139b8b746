import { z } from "zod";
import { idSchema } from "#lib/kernel/ids.ts";
import { proposalReason } from "#lib/proposals/schemas.ts";
import { heldReasons } from "#lib/vocabulary.ts";

const held = z.array(z.enum(heldReasons));

/** What a proposal holds that lets go of what somebody is treated by since before. */
export const proposedHeld = z.object({
  before: z.strictObject({ held: held.min(1) }),
  after: z.strictObject({ held: held.max(0) }),
});

/** A manager asks for it, where what the product proposed was declined, or has lapsed. */
export const letGoInput = z.object({ subjectId: idSchema, reason: proposalReason });
export type LetGoInput = z.infer<typeof letGoInput>;
