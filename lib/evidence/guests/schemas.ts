import { z } from "zod";
import { idSchema } from "#lib/kernel/ids.ts";
import { sentence } from "#lib/kernel/sentence.ts";
import { lettersOf, typedText } from "#lib/kernel/typed-text.ts";
import { longestDays } from "./rules.ts";

const named = (what: string) =>
  typedText.refine(
    (text) => text !== "" && lettersOf(text) <= 200,
    `Write ${what}, in at most 200 characters.`,
  );
const day = z.iso
  .date("Choose a day.")
  .refine((text) => text > "2000" && text < "3000", "Choose a day of this century.");

export const inviteSchema = z
  .object({
    name: named("the auditor’s name"),
    firm: named("the firm"),
    email: typedText.pipe(z.email("Write an e-mail address.").max(320)),
    from: day,
    to: day,
    days: z.coerce
      .number("Write a number of days.")
      .int("Write whole days.")
      .min(1, "At least one day.")
      .max(longestDays, `At most ${longestDays} days.`),
    reason: sentence("Say in 10 to 500 characters what they audit.", 500),
  })
  .refine(({ from, to }) => from <= to, {
    path: ["to"],
    error: "The last day is before the first.",
  });
export type Invite = z.infer<typeof inviteSchema>;

export const guestSchema = z.object({ guestId: idSchema });
export type OfGuest = z.infer<typeof guestSchema>;
