import { z } from "zod";
import { idSchema } from "#lib/kernel/ids.ts";
import { sentence } from "#lib/kernel/sentence.ts";

const day = z.iso.date({ error: "Choose a day." });
const nobody = z.literal("").transform(() => undefined);

/** The form of an absence. Days are those of who is away, the last one included. */
export const delegationSchema = z.object({
  /** Who is away; none: the reader. */
  personId: z.union([nobody, idSchema]).optional(),
  /** Who decides meanwhile; none: nobody in particular. */
  toId: z.union([nobody, idSchema], { error: "Choose who decides meanwhile." }).optional(),
  firstDay: day,
  lastDay: day,
  reason: sentence("Say in a few words why, like “On leave”. Colleagues see it.", 300, 3),
});
export type DelegationInput = z.infer<typeof delegationSchema>;

export const endDelegationSchema = z.object({ delegationId: idSchema });
