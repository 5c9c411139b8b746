import { z } from "zod";
import { idSchema } from "#lib/kernel/ids.ts";

const text = z.string().max(200).optional().catch(undefined);

/** The address of the list of past sessions. `subject` and `account` may be typed words that are looked up first. */
export const pastParams = z.object({
  actor: idSchema.optional().catch(undefined),
  subject: text,
  account: text,
  before: text,
  after: text,
});

/** The id where the parameter is one, and not words to be looked up. */
export const idOf = (value: string | undefined): string | undefined =>
  idSchema.safeParse(value).success ? value : undefined;
