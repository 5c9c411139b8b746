import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { z } from "zod";
import { mended } from "./mended.ts";
import { inputsOf } from "./testing.ts";

/** Modules that export a schema. A route, and what runs something when it is read or needs a server round it, exports none. */
const modules = globSync("{lib,app}/**/*.ts").filter((file) => {
  if (/\.test\.ts$|testing\.ts$|\/route\.ts$/.test(file)) return false;
  const text = readFileSync(file, "utf8");
  return (
    text.includes('from "zod"') &&
    /^export const /m.test(text) &&
    !/^(await |const .* = await )|from "(next|react)/m.test(text)
  );
});

const schemas: [string, z.ZodType][] = [];
for (const file of modules.sort()) {
  const exported: Record<string, unknown> = await import(resolve(file));
  for (const [name, value] of Object.entries(exported))
    if (value instanceof z.ZodType) schemas.push([`${name} of ${file}`, value]);
}

const numRuns = Number(process.env.FUZZ_RUNS ?? 100);
const seed = Number(process.env.FUZZ_SEED ?? 20618);
const tries = { minLength: 20, maxLength: 20 };

it("there are schemas", () => {
  expect(schemas.length).toBeGreaterThan(15);
});

it.each(schemas)("%s refuses nonsense without failing", async (_, schema) => {
  const nonsense = fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true });
  await fc.assert(
    fc.asyncProperty(fc.oneof(nonsense, fc.string({ unit: "binary" })), async (value) => {
      await schema.safeParseAsync(value);
    }),
    { numRuns, seed },
  );
});

it.each(schemas)(
  "%s takes what it says that it takes, and what it made of it",
  async (_, schema) => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(inputsOf(schema), tries), async (values) => {
        const value = await mended(schema, values);
        const parsed = await schema.safeParseAsync(value);
        if (!parsed.success) return;
        taken += 1;
        // What was cleaned once is clean.
        const again = await schema.safeParseAsync(parsed.data);
        if (again.success) expect(again.data).toEqual(parsed.data);
      }),
      { numRuns, seed },
    );
    expect(taken).toBeGreaterThan(numRuns / 50);
  },
);
