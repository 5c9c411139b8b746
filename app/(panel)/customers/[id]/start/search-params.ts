import { z } from "zod";
import { idSchema } from "#lib/kernel/ids.ts";
import { safePath } from "#lib/kernel/return-path.ts";
import { scopes } from "#lib/vocabulary.ts";

/**
 * What leads to the start form with answers in hand: a help desk's link (ticket, url), the page the agent came from,
 * looking that is to become acting (scope), a request to ask again. What we do not understand is left out.
 */
export const startParams = z.object({
  scope: z.enum(scopes).optional().catch(undefined),
  ticket: z.string().max(40).optional().catch(undefined),
  url: z.string().max(2000).optional().catch(undefined),
  from: z
    .string()
    .optional()
    .catch(undefined)
    .transform((path) => safePath(path, "")),
  again: idSchema.optional().catch(undefined),
});
export type StartParams = z.infer<typeof startParams>;
