import fc from "fast-check";
import { z } from "zod";

type Shape = z.core.JSONSchema.JSONSchema;

/** Values that a schema takes, or nearly: made from what it says of its input. For tests only. */
export const inputsOf = (schema: z.ZodType): fc.Arbitrary<unknown> => valuesOf(shapeOf(schema));

const shapeOf = (schema: z.core.$ZodType): Shape =>
  z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    cycles: "throw",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema instanceof z.ZodDate)
        Object.assign(jsonSchema, { type: "string", format: "date-time" });
      if (!(zodSchema instanceof z.ZodPipe)) return;
      const { in: before, out: after } = zodSchema.def;
      if (after instanceof z.ZodTransform) return;
      // What comes before cleans; what it must come to, it mostly leaves as it is.
      const anyOf = [shapeOf(after), shapeOf(before)].map(({ $schema: _, ...shape }) => shape);
      for (const name of Object.keys(jsonSchema)) delete jsonSchema[name];
      jsonSchema.anyOf = anyOf;
    },
  });

function valuesOf(shape: Shape | boolean): fc.Arbitrary<unknown> {
  if (typeof shape === "boolean") return fc.anything();
  if (shape.const !== undefined) return fc.constant(shape.const);
  if (shape.enum) return fc.constantFrom(...shape.enum);
  const either = shape.anyOf ?? shape.oneOf;
  if (either) return fc.oneof(...either.map(valuesOf));
  if (shape.allOf) {
    const { allOf, ...own } = shape;
    return valuesOf([...allOf, own].reduce(both));
  }
  switch (shape.type) {
    case "string":
      return textsOf(shape);
    case "integer":
    case "number": {
      const { minimum: min = -1000, maximum: max = Math.max(1000, min) } = shape;
      const any = fc.integer({ min: Math.ceil(min), max: Math.floor(max) });
      return fc.oneof(any, fc.constantFrom(15, 30));
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

/** What is both the one and the other: objects have the members of both. */
const both = (one: Shape, other: Shape): Shape => ({
  ...one,
  ...other,
  ...((one.properties || other.properties) && {
    properties: { ...one.properties, ...other.properties },
    required: [...(one.required ?? []), ...(other.required ?? [])],
  }),
});

const oddTexts = fc.oneof(
  fc.constantFrom("", "\0", "a\0b", "\ud800", "\u202e", " ", "1", "/", "A sentence that says why."),
  fc.string({ unit: "binary", maxLength: 40 }),
);

/** What rules ask for that no schema can say: nothing, a zone, a path, an address, a public key (RFC 8037, A.2). */
const knownTexts = fc.constantFrom(
  "",
  "Europe/Lisbon",
  "/invoices/:number",
  "https://app.example.com",
  `{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}`,
);

const millennium = {
  min: new Date("2001-01-01"),
  max: new Date("2999-12-31"),
  noInvalidDate: true,
};

function textsOf({ pattern, format, minLength = 0, maxLength }: Shape): fc.Arbitrary<unknown> {
  if (format === "uuid") return fc.uuid();
  if (format === "uri") return fc.webUrl();
  if (format === "email") return fc.oneof(fc.emailAddress(), fc.constant("jane@example.com"));
  if (format === "date") return fc.date(millennium).map((date) => date.toISOString().slice(0, 10));
  if (format === "date-time") return fc.date(millennium).map((date) => date.toISOString());
  const fits = (text: string) =>
    text.length >= minLength && text.length <= (maxLength ?? Number.POSITIVE_INFINITY);
  const plain = fc.string({ minLength, maxLength: Math.min(maxLength ?? 60, minLength + 60) });
  if (!pattern) return fc.oneof(plain, oddTexts, knownTexts);
  try {
    return fc.oneof(fc.stringMatching(new RegExp(pattern, "u")).filter(fits), knownTexts);
  } catch {
    // Not every pattern can be turned round.
    return fc.oneof(plain, fc.constantFrom("/x", "a@b.test", "abc", "en"));
  }
}
