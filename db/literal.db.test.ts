import { sql } from "drizzle-orm";
import fc from "fast-check";
import pg from "pg";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { asText } from "./literal.ts";
import { testDatabase } from "./testing/database.ts";

const seed = Number(process.env.FUZZ_SEED ?? 20618);

const database = await testDatabase();
afterAll(() => database.drop());

const hostile = fc.oneof(
  fc.string({
    unit: fc.constantFrom("'", "\\", "$", "1", "2", '"', ";", "-", "\n", "E", "a", "ä", "é"),
  }),
  fc.constantFrom(
    "$1",
    "$2 $1",
    "\\'; drop table staff; --",
    "e'\\x27",
    "' or ''='",
    "$$",
    "\\",
    "''",
  ),
);

for (const standard of ["on", "off"])
  test(`a value is that value, whatever it holds, with standard_conforming_strings ${standard}`, async () => {
    const client = new pg.Client({ connectionString: database.runtimeUrl });
    onTestFinished(() => client.end());
    await client.connect();
    await client.query(
      `set standard_conforming_strings = ${standard}; set escape_string_warning = off`,
    );
    await fc.assert(
      fc.asyncProperty(hostile, hostile, fc.integer(), fc.boolean(), async (a, b, n, yes) => {
        const { rows } = await client.query({
          text: asText(
            sql`select ${a}::text, ${b}::text, ${n}::float8, ${yes}::boolean, ${null}::text`,
          ),
          rowMode: "array",
        });
        expect(rows).toEqual([[a, b, n, yes, null]]);
      }),
      { numRuns: 300, seed },
    );
  });

test("what has no literal is none", () => {
  expect(() => asText(sql`select ${Number.NaN}`)).toThrow("no literal");
  expect(() => asText(sql`select ${new Date()}`)).toThrow("no literal");
});
