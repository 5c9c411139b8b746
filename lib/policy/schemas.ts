import { z } from "zod";
import { sentence } from "#lib/kernel/sentence.ts";
import { policyBody } from "./policy.ts";

export const policyReason = sentence(
  "Say in at least 10 characters why. It is on record, and read by a second person.",
  500,
);

export type ChangePolicy = {
  /** The version that whoever changes it has seen in force. */
  follows: number;
  body: z.infer<typeof policyBody>;
  /** From when on; null: at once, or as soon as a second person accepts. */
  from: Date | null;
  reason: string;
};

/** What a proposal of kind `policy` holds. */
export const proposedPolicy = z.object({
  before: z.object({ version: z.int(), body: policyBody }),
  after: z.object({ body: policyBody, from: z.iso.datetime().nullable() }),
});

export const withdrawSchema = z.object({
  version: z.coerce.number().int(),
  reason: policyReason,
});
