import fc from "fast-check";
import { z } from "zod";

type Shape = z.core.JSONSchema.JSONSchema;

/** Values that a schema takes, or nearly: made from what it says of its input. For tests only. */
export function inputsOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  return valuesOf(z.toJSONSchema(schema, { io: "input", unrepresentable: "any", cycles: "throw" }));
}

function valuesOf(shape: Shape | boolean): fc.Arbitrary<unknown> {
  if (typeof shape === "boolean") return fc.anything();
  if (shape.const !== undefined) return fc.constant(shape.const);
  if (shape.enum) return fc.constantFrom(...shape.enum);
  const either = shape.anyOf ?? shape.oneOf;
  if (either) return fc.oneof(...either.map(valuesOf));
  if (shape.allOf) {
    const whole: Shape = Object.assign({}, ...shape.allOf, shape);
    return valuesOf({ ...whole, allOf: undefined });
  }
  switch (shape.type) {
    case "string":
      return textsOf(shape);
    case "integer":
    case "number": {
      const { minimum: min = -1000, maximum: max = Math.max(1000, min) } = shape;
      return fc.integer({ min: Math.ceil(min), max: Math.floor(max) });
    }
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array": {
      const { items, minItems: minLength = 0, maxItems = 3 } = shape;
      const of = Array.isArray(items) ? (items[0] ?? true) : (items ?? true);
      const maxLength = Math.max(minLength, Math.min(maxItems, 3));
      if (shape.prefixItems) return fc.tuple(...shape.prefixItems.map(valuesOf));
      return fc.array(valuesOf(of), { minLength, maxLength });
    }
    case "object": {
      const members = Object.entries(shape.properties ?? {}).map(
        ([name, of]): [string, fc.Arbitrary<unknown>] => [name, valuesOf(of)],
      );
      return fc.record(Object.fromEntries(members), { requiredKeys: shape.required ?? [] });
    }
    default:
      return fc.oneof(oddTexts, fc.constant("30"), fc.constant(30));
  }
}

const oddTexts = fc.oneof(
  fc.constantFrom("", "\0", "a\0b", "\ud800", "\u202e", " ", "1", "/", "A sentence that says why."),
  fc.string({ unit: "binary", maxLength: 40 }),
);

function textsOf({ pattern, format, minLength = 0, maxLength }: Shape): fc.Arbitrary<unknown> {
  if (format === "uuid") return fc.uuid();
  if (format === "uri") return fc.webUrl();
  if (format === "date-time")
    return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  const fits = (text: string) =>
    text.length >= minLength && text.length <= (maxLength ?? Number.POSITIVE_INFINITY);
  const plain = fc.string({ minLength, maxLength: Math.min(maxLength ?? 60, minLength + 60) });
  if (!pattern) return fc.oneof(plain, oddTexts);
  try {
    return fc.stringMatching(new RegExp(pattern, "u")).filter(fits);
  } catch {
    // Not every pattern can be turned round.
    return fc.oneof(plain, fc.constantFrom("/x", "a@b.test", "abc", "en"));
  }
}
