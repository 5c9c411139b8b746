import { z } from "zod";
import { idSchema } from "#lib/kernel/ids.ts";
import { sentence } from "#lib/kernel/sentence.ts";
import { typedText } from "#lib/kernel/typed-text.ts";
import { roles } from "#lib/vocabulary.ts";

const why = sentence("Say in at least 10 characters why. It is on record.", 500);

export const mapGroupSchema = z
  .object({
    group: typedText.pipe(
      z
        .string()
        .min(1, "Write the group as the sign-on names it.")
        .max(200, "At most 200 characters.")
        .regex(/^[^\n\t]*$/, "One group, in one line."),
    ),
    role: z.enum(roles, "Choose a role."),
    lookingOnly: z
      .literal("on")
      .optional()
      .transform((box) => box === "on"),
    reason: why,
  })
  .transform((input) => ({ ...input, lookingOnly: input.lookingOnly && input.role === "agent" }));
export type MapGroup = z.infer<typeof mapGroupSchema>;

export const unmapGroupSchema = z.object({ id: idSchema, reason: why });
export type UnmapGroup = z.infer<typeof unmapGroupSchema>;
