import type { z } from "zod";

type Path = readonly PropertyKey[];

/**
 * A value that a schema takes, made of several that it may not: what it refuses of the first is taken from the next, and so
 * on. So each field, and each rule between fields, has as many tries as there are values. For tests only.
 */
export async function mended(schema: z.ZodType, values: readonly unknown[]): Promise<unknown> {
  let [value] = values;
  for (const other of values.slice(1)) {
    const parsed = await schema.safeParseAsync(value);
    if (parsed.success) return value;
    for (const { path } of parsed.error.issues) value = withPart(value, path, other);
  }
  return value;
}

/** `value`, with what is at `path` as `other` has it there. */
function withPart(value: unknown, [name, ...rest]: Path, other: unknown): unknown {
  if (name === undefined) return other;
  const part = partOf(other, name);
  if (Array.isArray(value))
    return value.map((one, at) => (at === name ? withPart(one, rest, part) : one));
  if (typeof value !== "object" || value === null) return value;
  const { [name]: before, ...others } = Object(value);
  return part === undefined ? others : { ...others, [name]: withPart(before, rest, part) };
}

const partOf = (value: unknown, name: PropertyKey): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
