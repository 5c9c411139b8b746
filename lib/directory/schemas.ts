import { z } from "zod";
import { changesDirection, withoutUnseen } from "#lib/kernel/typed-text.ts";
import {
  accountStances,
  lineKinds,
  syncStatuses,
  ticketStatuses,
  tiers,
  userKinds,
  userStatuses,
} from "#lib/vocabulary.ts";

// Shown in lists, titles and the audit log: no control characters, no half surrogates (RFC 8785 has none), and nothing
// that lets a name pass for another one.
const plain = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]*$/u;
const words = (max: number) =>
  z
    .string()
    .transform((text) => withoutUnseen(text.normalize("NFC")).trim())
    .pipe(
      z
        .string()
        .min(1, "Must not be empty.")
        .max(max)
        .regex(plain, "Must hold no control characters, half surrogates or changes of direction."),
    );

/** An id in the product: `acc_91TLWF`, `usr_7QK2M9`, `SUP-4821`. */
export const externalIdSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/,
    "Must be 1 to 64 letters, digits and “._:-”, the first a letter or digit.",
  );

// Wider than z.email(): addresses may be in any script (RFC 6531).
const email = z
  .string()
  .max(254)
  .regex(/^[^\s\p{Cc}\p{Cs}@]+@[^\s\p{Cc}\p{Cs}@]+$/u, "Must be an e-mail address.")
  .refine((text) => withoutUnseen(text) === text && !changesDirection(text), {
    error: "Must hold no changes of direction and nothing that is not seen.",
  });

const accountLine = z.object({
  type: z.literal("account"),
  id: externalIdSchema,
  name: words(200),
  tier: z.enum(tiers),
  impersonation: z.enum(accountStances),
  region: words(100).nullable().optional().meta({
    description: "Where the customer is, in your own words. Left out: it stays as it was.",
  }),
  terms_version: words(40).nullable().optional().meta({
    description:
      "The version of your terms that the customer accepted. Left out: it stays as it was.",
  }),
});

const userLine = z.object({
  type: z.literal("user"),
  id: externalIdSchema,
  account_id: externalIdSchema,
  name: words(200),
  email,
  role: words(40),
  owner: z.boolean(),
  vip: z.boolean(),
  status: z.enum(userStatuses),
  kind: z.enum(userKinds),
  last_seen_at: z.iso
    .datetime({ offset: true })
    .refine((text) => text > "1970" && text < "3000", "Must be between 1970 and 3000.")
    .nullable(),
  lang: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$/, "Must be a language tag (BCP 47).")
    .nullable(),
});

const ticketLine = z.object({
  type: z.literal("ticket"),
  id: externalIdSchema,
  account_id: externalIdSchema,
  user_id: externalIdSchema.nullable(),
  title: words(300),
  status: z.enum(ticketStatuses),
  assignee_email: email.nullable(),
});

/** One line of `PUT /api/v1/directory` (DESIGN §6.6). */
export const directoryLine = z.discriminatedUnion("type", [accountLine, userLine, ticketLine]);
export type AccountLine = z.infer<typeof accountLine>;
export type UserLine = z.infer<typeof userLine>;
export type TicketLine = z.infer<typeof ticketLine>;

/** As much of a line as says whom it is about, whatever else is wrong with it. */
export const namedLine = z.object({ type: z.enum(lineKinds), id: externalIdSchema });

/** Why a line was not taken: its number, the field (null: the whole line), and a sentence. */
export const lineErrorSchema = z.object({
  line: z.int().meta({ description: "Counted from 1, or from `from_line`. Blank lines count." }),
  field: z.string().nullable(),
  message: z.string(),
});
export type LineError = z.infer<typeof lineErrorSchema>;

/** The answer to a push: how many of each kind are in the directory now, and what was not taken. */
export const pushedSchema = z.object({
  accounts: z.int(),
  users: z.int(),
  tickets: z.int(),
  last_line: z.int().meta({ description: "The last line that was read." }),
  rejected: z.int().meta({ description: "Lines that were not taken." }),
  errors: z.array(lineErrorSchema).meta({ description: "Of the first 1,000 that were found." }),
});
export type Pushed = z.infer<typeof pushedSchema>;

/** Where a push belongs: to a sync, and from which line of all that the sender counts. */
export const pushParams = z
  .strictObject({
    sync: z.uuid("Is not the id of a sync.").optional(),
    from_line: z.coerce.number("Is not a number.").int().min(1).max(2_000_000_000).optional(),
  })
  .refine(({ sync, from_line }) => sync !== undefined || from_line === undefined, {
    path: ["from_line"],
    error: "Is for a sync only.",
  });
export type PushTarget = z.infer<typeof pushParams>;

/** A sync as its product sees it. */
export const syncSchema = z.object({
  id: z.uuid(),
  status: z.enum(syncStatuses),
  begun_at: z.iso.datetime(),
  last_push_at: z.iso.datetime(),
  last_line: z.int().meta({ description: "Go on after it with `from_line`, if you were cut off." }),
  lines: z.int(),
  rejected: z.int(),
  gone: z.object({ accounts: z.int(), users: z.int(), tickets: z.int() }),
});
export type Sync = z.infer<typeof syncSchema>;

export const finishBodySchema = z.object({
  rejected: z
    .int()
    .min(0)
    .max(2_000_000_000)
    .default(0)
    .meta({ description: "How many lines that were not taken you know of." }),
  gone: z.int().min(0).max(2_000_000_000).default(0).meta({
    description: "How many accounts and users may be gone, where it is more than a fifth.",
  }),
});
export type FinishInput = z.infer<typeof finishBodySchema> & { syncId: string };

/** What is typed or pasted into the search field; a repeated or missing `q` is an empty one. Only an address may be long. */
export const searchParams = z.object({
  q: z
    .string()
    .max(2000)
    .refine((text) => text.length <= 200 || /^\s*https?:\/\/\S+\s*$/i.test(text))
    .catch(""),
});
