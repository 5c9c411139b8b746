import { z } from "zod";
import { idSchema } from "#lib/kernel/ids.ts";
import { typedText } from "#lib/kernel/typed-text.ts";
import { askSchema, endsSchema } from "#lib/requests/schemas.ts";
import { actionRefusals, effects, phases } from "#lib/vocabulary.ts";

/** The break-glass page: the start form's answers, without how long, and the request that it takes the place of. */
export const breakGlassSchema = askSchema
  .omit({ minutes: true, standingHours: true })
  .extend({ insteadOf: idSchema.optional() });
export type BreakGlassInput = z.infer<typeof breakGlassSchema>;

export const startSchema = z.object({ requestId: idSchema, ends: endsSchema });
export type StartInput = z.infer<typeof startSchema>;

export const endSchema = z.object({
  sessionId: idSchema,
  by: z.enum(["actor", "customer", "product"]).optional(),
  comment: typedText.pipe(z.string().max(500, "At most 500 characters.")).optional(),
});
export type EndInput = z.infer<typeof endSchema>;

export const narrowSchema = z.object({ sessionId: idSchema });

/** `POST /api/v1/sessions/{sid}/end`; the session is in the path. */
export const endBodySchema = endSchema.omit({ sessionId: true });

// Shown in lists and lines of the audit log; a half surrogate has no place in JSON (RFC 8785) or in UTF-8.
const words = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, "No control characters, no half surrogates.");

/** One thing done in a product (DESIGN §6.5): never a query, a body or a secret. */
const actionSchema = z
  .object({
    id: idSchema,
    phase: z.enum(phases),
    at: z.iso
      .datetime({ offset: true })
      .refine((text) => text > "2000" && text < "3000", "Not a time of this millennium."),
    method: z.string().regex(/^[A-Z]{3,12}$/),
    route: words(300)
      .regex(/^\//, "A route starts with “/”.")
      .regex(/^[^?#]*$/, "Never a query."),
    effect: z.enum(effects),
    data: z.array(words(60)).max(20).optional(),
    resource: words(200).optional(),
    changes: z
      .array(
        z.object({
          field: words(100),
          before: words(500).optional(),
          after: words(500).optional(),
        }),
      )
      .max(50)
      .optional(),
    status: z.int().min(100).max(599).optional(),
    // Where somebody sat must not cost the record of what they did: an address that is none is left out.
    ip: z.union([z.ipv4(), z.ipv6()]).nullable().optional().catch(null),
    user_agent: words(500).nullable().optional(),
    seq: z.int().min(0).max(2_000_000_000),
    why: z.enum(actionRefusals).optional(),
    /** A script of a page asked by itself: no sign that somebody is there. */
    unattended: z.boolean().optional(),
  })
  .refine(({ phase, effect }) => phase !== "attempt" || effect !== "view", {
    path: ["effect"],
    error: "A view is not an attempt.",
  })
  .refine(({ phase, effect }) => phase !== "view" || effect === "view", {
    path: ["effect"],
    error: "A write is an attempt before it runs.",
  });
export type ReportedAction = z.infer<typeof actionSchema>;

export const actionsBodySchema = z.object({ actions: z.array(actionSchema).min(1).max(100) });
