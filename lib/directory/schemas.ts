import { z } from "zod";
import { accountStances, ticketStatuses, tiers, userKinds, userStatuses } from "#lib/vocabulary.ts";

// Shown in lists, titles and the audit log: no control characters, no half surrogates (RFC 8785 has none), and no
// overrides of direction, which let a name pass for another one.
const plain = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]*$/u;
const words = (max: number) =>
  z
    .string()
    .transform((text) => text.normalize("NFC").trim())
    .pipe(z.string().min(1, "Must not be empty.").max(max).regex(plain, "No control characters."));

/** An id in the product: `acc_91TLWF`, `usr_7QK2M9`, `SUP-4821`. */
export const externalIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/, "An id has 1 to 64 letters, digits and “._:-”.");

// Wider than z.email(): addresses may be in any script (RFC 6531).
const email = z
  .string()
  .max(254)
  .regex(/^[^\s\p{Cc}\p{Cs}@]+@[^\s\p{Cc}\p{Cs}@]+$/u, "Not an e-mail address.");

const accountLine = z.object({
  type: z.literal("account"),
  id: externalIdSchema,
  name: words(200),
  tier: z.enum(tiers),
  impersonation: z.enum(accountStances),
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
    .refine((text) => text > "1970" && text < "3000", "Not between 1970 and 3000.")
    .nullable(),
  lang: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$/, "Not a language tag (BCP 47).")
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

/** The answer: how many lines of each kind are in the directory now, and which were not taken. */
export const pushedSchema = z.object({
  accounts: z.int(),
  users: z.int(),
  tickets: z.int(),
  errors: z.array(z.object({ line: z.int(), message: z.string() })),
});
export type Pushed = z.infer<typeof pushedSchema>;

/** What is typed into the search field; a repeated or missing `q` is an empty one. */
export const searchParams = z.object({ q: z.string().max(200).catch("") });
