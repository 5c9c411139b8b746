import { z } from "zod";
import { auditParams } from "#lib/audit/search-params.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { sentence } from "#lib/kernel/sentence.ts";
import { lettersOf, typedText } from "#lib/kernel/typed-text.ts";

const reasonSchema = sentence("Say in 10 to 500 characters what it is for.", 500);

const day = z.iso.date().refine((text) => text > "2000" && text < "3000");
const optionalDay = z.union([z.literal("").transform(() => undefined), day]).optional();

/** The filter of the audit page that is in force, as its address has it; the place in the list is none of it. */
const logFilter = z
  .string()
  .max(4000)
  .transform((query) => {
    const given = new URLSearchParams(query);
    const texts = Object.fromEntries(
      [...new Set(given.keys())].map((name) => [
        name,
        name === "event" ? given.getAll(name) : given.get(name),
      ]),
    );
    const { before: _b, after: _a, ...filter } = auditParams.parse(texts);
    return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
  });

/** Whose traces an incident is asked about, and when: days in UTC, both included. */
export const exposureSchema = z
  .object({
    of: z.enum(["actor", "product"]),
    id: idSchema,
    from: day,
    to: day,
  })
  .refine(({ from, to }) => from <= to, {
    path: ["to"],
    error: "The last day comes before the first.",
  });
export type ExposureOf = z.infer<typeof exposureSchema>;

export const startLogSchema = z.object({
  format: z.enum(["csv", "jsonl"], "Choose a format."),
  reason: reasonSchema,
  filter: logFilter,
});
export const startSessionSchema = z.object({ reason: reasonSchema, session: idSchema });
export const startSubjectSchema = z
  .object({
    format: z.enum(["pdf", "json"], "Choose a format."),
    reason: reasonSchema,
    subject: idSchema,
    from: optionalDay,
    to: optionalDay,
    names: z.literal("1").optional(),
    namesReason: typedText.optional(),
  })
  .refine(({ names, namesReason }) => !names || lettersOf(namesReason ?? "") >= 10, {
    path: ["namesReason"],
    error: "Say in at least 10 characters why names are released.",
  })
  .refine(({ from, to }) => !from || !to || from <= to, {
    path: ["to"],
    error: "The last day comes before the first.",
  });
export const startExposureSchema = z.intersection(
  exposureSchema,
  z.object({ reason: reasonSchema }),
);

/** What a stored export is of; what we wrote ourselves is parsed like anything else. */
export const filterSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("log"), filter: z.record(z.string(), z.unknown()) }),
  z.object({ kind: z.literal("session"), session: idSchema }),
  z.object({
    kind: z.literal("subject"),
    subject: idSchema,
    from: day.optional(),
    to: day.optional(),
    names: z.boolean(),
  }),
  z.object({
    kind: z.literal("exposure"),
    of: z.enum(["actor", "product"]),
    id: idSchema,
    from: day,
    to: day,
  }),
]);
export type ExportFilter = z.infer<typeof filterSchema>;
