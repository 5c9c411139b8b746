import { z } from "zod";
import { idSchema } from "#lib/kernel/ids.ts";
import { scopes, tiers } from "#lib/vocabulary.ts";

// In the calendar, and of a year that PostgreSQL and we write alike.
const day = z.iso
  .date()
  .refine((value) => value > "2000" && value < "3000")
  .optional()
  .catch(undefined);
const whole = (least: number, most: number) =>
  z.coerce.number().int().min(least).max(most).optional().catch(undefined);
const text = z.string().max(200).optional().catch(undefined);

/** The address of the list of past sessions. `subject` and `account` may be typed words that are looked up first. */
export const pastParams = z.object({
  actor: idSchema.optional().catch(undefined),
  subject: text,
  account: text,
  /** Days of the company's zone, both included. */
  from: day,
  to: day,
  tier: z.enum(tiers).optional().catch(undefined),
  scope: z.enum(scopes).optional().catch(undefined),
  /** Of the actor's own week: Monday is 1. */
  weekday: whole(1, 7),
  hour: whole(0, 23),
  before: text,
  after: text,
});

/** The id where the parameter is one, and not words to be looked up. */
export const idOf = (value: string | undefined): string | undefined =>
  idSchema.safeParse(value).success ? value : undefined;
