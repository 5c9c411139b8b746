import { z } from "zod";
import { idSchema } from "#lib/kernel/ids.ts";
import { actionRefusals, effects, phases } from "#lib/vocabulary.ts";

export const startSchema = z.object({ requestId: idSchema });

export const endSchema = z.object({
  sessionId: idSchema,
  by: z.enum(["actor", "customer", "product"]).optional(),
  comment: z
    .string()
    .transform((text) => text.trim())
    .pipe(z.string().max(500, "At most 500 characters."))
    .optional(),
});
export type EndInput = z.infer<typeof endSchema>;

/** `POST /api/v1/sessions/{sid}/end`; the session is in the path. */
export const endBodySchema = endSchema.omit({ sessionId: true });

// No control characters: these words are shown in lists and lines of the audit log.
const words = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^\P{Cc}*$/u, "No control characters.");

/** One thing done in a product (DESIGN §6.5): never a query, a body or a secret. */
export const actionSchema = z.object({
  id: idSchema,
  phase: z.enum(phases),
  at: z.iso.datetime({ offset: true }),
  method: z.string().regex(/^[A-Z]{3,12}$/),
  route: words(300)
    .regex(/^\//, "A route starts with “/”.")
    .regex(/^[^?#]*$/, "Never a query."),
  effect: z.enum(effects),
  data: z.array(words(60)).max(20).optional(),
  resource: words(200).optional(),
  changes: z
    .array(
      z.object({ field: words(100), before: words(500).optional(), after: words(500).optional() }),
    )
    .max(50)
    .optional(),
  status: z.int().min(100).max(599).optional(),
  ip: z.union([z.ipv4(), z.ipv6()]).nullable().optional(),
  user_agent: words(500).nullable().optional(),
  seq: z.int().min(0).max(2_000_000_000),
  why: z.enum(actionRefusals).optional(),
});
export type ReportedAction = z.infer<typeof actionSchema>;

export const actionsBodySchema = z.object({ actions: z.array(actionSchema).min(1).max(100) });
