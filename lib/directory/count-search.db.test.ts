import { drizzle } from "drizzle-orm/node-postgres";
import { afterAll, beforeEach, expect, it } from "vitest";
import { testDatabase } from "#db/testing/database.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { limits } from "#lib/limits/limits.ts";
import { countPage, countSearch } from "./count-search.ts";

const database = await testDatabase();
afterAll(() => database.drop());
const somebody = (): Ctx<StaffActor> => ({
  db: drizzle(database.runtime),
  actor: {
    kind: "staff",
    id: newId(),
    name: "Ana",
    email: "ana@alongside.test",
    roles: ["agent"],
    team: "EMEA support",
    zone: "UTC",
    signInId: newId(),
    authTime: null,
    acr: null,
  },
  ip: "198.51.100.7",
  userAgent: null,
  requestId: newId(),
});
let ctx = somebody();
beforeEach(() => {
  ctx = somebody();
});
const { most } = limits.search_of_person;

/** How many searches are left, asked by the person's own bucket. */
async function left(): Promise<number> {
  const { rows } = await database.owner.query(
    "select taken from take_permits($1, $2, $2, interval '10 minutes')",
    [`search:${ctx.actor.id}`, most],
  );
  return Number(rows[0]?.taken);
}
const type = async (...texts: string[]) => {
  for (const text of texts) expect(await countSearch(ctx, text), text).toBeNull();
};
const letters = (text: string) => [...text].map((_, i) => text.slice(0, i + 1));

it("counts what is typed letter by letter as one", async () => {
  await type(...letters("jane ashdown"));
  expect(await left()).toBe(most - 1);
});

it("counts what is taken back and typed again as one, and the same text again", async () => {
  await type(...letters("jane as"), "jane a", "jane ", "jane", "jane as", "Jane As", " jane as ");
  expect(await left()).toBe(most - 1);
});

it("counts nothing where nothing is asked", async () => {
  await type("", "  ", "\0");
  expect(await left()).toBe(most);
});

it("counts a text that no database takes", async () => {
  await type("a\0b", "ab\ud800");
  expect(await left()).toBe(most - 1);
});

it("counts each of many short texts", async () => {
  await type("aa", "ab", "ac", "ad");
  expect(await left()).toBe(most - 4);
});

it("counts each of them also when what is common is typed between", async () => {
  await type("a", "aa", "a", "ab", "a", "ac");
  expect(await left()).toBe(most - 3);
});

it("counts a text anew that grows beyond what a name is", async () => {
  await type(...letters("x".repeat(33)));
  expect(await left()).toBe(most - 3);
});

it("counts the same text anew after a pause", async () => {
  await type("jane");
  await database.owner.query("update last_searches set last_at = last_at - interval '16 seconds'");
  await type("jane a");
  expect(await left()).toBe(most - 2);
});

it("counts each page of an account, and a page that is read again once", async () => {
  const account = newId();
  for (const place of ["", "", "after:b", "after:c", "after:c"])
    expect(await countPage(ctx, account, place)).toBeNull();
  expect(await left()).toBe(most - 3);
});

it("refuses who searches on and on, others not", async () => {
  for (let i = 0; i < most; i += 1) await type(`q${i} `);
  const refused = await countSearch(ctx, "one more");
  expect(refused?.code).toBe("too_often");
  expect(refused?.detail?.retryAfter).toBeGreaterThan(0);
  // Nor by going on with what was answered last.
  expect(await countSearch(somebody(), "one more")).toBeNull();
});

it("gives several searches of one person at once each its own permit", async () => {
  const asked = await Promise.all(
    Array.from({ length: most + 20 }, (_, i) => countSearch(ctx, `${i} apart`)),
  );
  expect(asked.filter((refusal) => refusal === null)).toHaveLength(most);
});

it("refuses for the day what the ten minutes would allow", async () => {
  const { most: daily } = limits.search_of_person_by_day;
  await database.owner.query("select take_permits($1, $2, $2, interval '1 day')", [
    `search-day:${ctx.actor.id}`,
    daily,
  ]);
  expect((await countSearch(ctx, "jane"))?.code).toBe("too_often");
  expect(await left()).toBe(most);
});
