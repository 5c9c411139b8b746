import { z } from "zod";
import { idSchema } from "#lib/kernel/ids.ts";
import { safePath } from "#lib/kernel/return-path.ts";

/** Which request of the reader's own it takes the place of, and where they came from. What we do not understand is left out. */
export const glassParams = z.object({
  instead: idSchema.optional().catch(undefined),
  from: z
    .string()
    .optional()
    .catch(undefined)
    .transform((path) => safePath(path, "")),
});
