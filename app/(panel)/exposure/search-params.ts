import type { z } from "zod";
import { type ExposureOf, exposureSchema } from "#lib/evidence/exports/schemas.ts";
import { one, type Query } from "../_words/one.ts";

type Asked = {
  chosen: { whose: string; from: string; to: string };
  of: ExposureOf | null;
  errors: Record<string, string | undefined>;
};

/** What the address asks for; what is wrong with it, by field, once something is chosen. */
export function readAsked(query: Awaited<Query>): Asked {
  const chosen = {
    whose: one(query.whose) ?? "",
    from: one(query.from) ?? "",
    to: one(query.to) ?? "",
  };
  if (query.whose === undefined) return { chosen, of: null, errors: {} };
  const [of, id] = chosen.whose.split(":");
  const parsed = exposureSchema.safeParse({ of, id, from: chosen.from, to: chosen.to });
  if (parsed.success) return { chosen, of: parsed.data, errors: {} };
  return { chosen, of: null, errors: errorsOf(parsed.error, chosen) };
}

function errorsOf(error: z.ZodError, { from, to }: Asked["chosen"]): Record<string, string> {
  const wrong = new Set(error.issues.map(({ path }) => String(path[0])));
  return {
    ...(wrong.has("of") || wrong.has("id") ? { whose: "Choose a person or a product." } : {}),
    ...(wrong.has("from") ? { from: "Give the first day." } : {}),
    ...(wrong.has("to")
      ? {
          to:
            from && to && to < from ? "The last day comes before the first." : "Give the last day.",
        }
      : {}),
  };
}
