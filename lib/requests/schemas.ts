import { z } from "zod";
import { idSchema } from "#lib/kernel/ids.ts";
import { safePath } from "#lib/kernel/return-path.ts";
import { sentence } from "#lib/kernel/sentence.ts";
import { lettersOf, typedText } from "#lib/kernel/typed-text.ts";
import { callerChecks, minuteChoices, reasonCategories, scopes } from "#lib/vocabulary.ts";

const reason = sentence(
  "Say why, in a sentence. It is on record, and the customer may ask for it.",
  500,
).refine((text) => text.length <= 500, {
  error: ({ input }) => `Too long: ${String(input).length} characters of at most 500.`,
});

const minutes = z.coerce
  .number({ error: "Choose how long at most." })
  .refine((n) => minuteChoices.some((choice) => choice === n), {
    error: "Choose 15, 30, 45 or 60 minutes.",
  });

/** Nobody types this: what cannot be followed is the start page rather than a refusal. */
const ownPath = z.string().transform((path) => safePath(path));

/**
 * The actor's own live session that the one to be started takes the place of, as the form named it; none: nothing is to end.
 * It ends only where the new one starts at once.
 */
export const endsSchema = z
  .union([z.literal("").transform(() => undefined), idSchema], {
    error: "Reload the page: it does not say which session is to end.",
  })
  .optional();

/** The start form. Requirement and pattern of the ticket come from the policy and are checked in `ask`. */
export const askSchema = z.object({
  subjectId: idSchema,
  reasonCategory: z.enum(reasonCategories, { error: "Choose why you need it." }),
  reason,
  callerCheck: z.enum(callerChecks, { error: "Say how you know that it is them." }),
  ticket: typedText.pipe(z.string().max(40, "A ticket has at most 40 characters.")).optional(),
  scope: z.enum(scopes, { error: "Choose looking or acting." }),
  minutes,
  /** For how many hours an approval is to stand for this account and ticket; none: for this once. */
  standingHours: z
    .union([z.literal("").transform(() => undefined), z.coerce.number().int().min(1).max(24)], {
      error: "Choose for how long an approval is to stand.",
    })
    .optional(),
  targetLinkUri: z.string().max(2000).optional(),
  returnPath: ownPath.optional(),
  ends: endsSchema,
});
/** Nobody types `carriedOver`: the session that the policy asks for anew. */
export type Ask = z.infer<typeof askSchema> & { carriedOver?: { id: string; number: number } };

/** The decision card. `ask` is the hash of what the approver was shown: a vote holds for exactly that. */
export const voteSchema = z.object({
  requestId: idSchema,
  ask: z.string().regex(/^[0-9a-f]{64}$/),
  minutes: z.coerce.number().int().min(1).max(60),
  comment: typedText.pipe(z.string().max(500, "At most 500 characters.")).optional(),
});
export type VoteInput = z.infer<typeof voteSchema>;

export const denySchema = voteSchema.omit({ minutes: true }).extend({
  comment: typedText.pipe(
    z
      .string()
      .refine((text) => lettersOf(text) >= 3, "Say why, so that they know what to do now.")
      .max(500, "At most 500 characters."),
  ),
});
export type DenyInput = z.infer<typeof denySchema>;

const link = z.string().regex(/^[\w-]{43}$/);

/** The same by an approver's own link. */
export const linkedVoteSchema = z.discriminatedUnion("vote", [
  voteSchema.extend({ vote: z.literal("approve"), link }),
  denySchema.extend({ vote: z.literal("deny"), link }),
]);

export const requestIdSchema = z.object({ requestId: idSchema });
