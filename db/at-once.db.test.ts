import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { readAtOnce, shifted } from "./at-once.ts";
import { clockPart, connect } from "./client.ts";
import { preparedSelect, preparedStatement } from "./prepared.ts";
import { staff } from "./schema/staff.ts";
import { type TestDatabase, testDatabase } from "./testing/database.ts";

let database: TestDatabase;
let runtime: ReturnType<typeof connect>;
beforeAll(async () => {
  database = await testDatabase();
  runtime = connect(database.runtimeUrl, 2);
});
afterAll(async () => {
  await runtime.pool.end();
  await database.drop();
});

const sum = preparedStatement<{ sum: number }>("test_sum", "select $1::int + $2::int as sum");
const broken = preparedStatement<{ one: number }>("test_broken", "select 1 / $1::int as one");
const members = preparedSelect(
  "test_members",
  { id: staff.id, since: staff.createdAt, twice: sql<string>`${sql.placeholder("word")} || 'x'` },
  (builder, columns) =>
    builder
      .select(columns)
      .from(staff)
      .where(sql`${staff.name} <> ${sql.placeholder("word")}`),
);

it("sends what is asked for at the same moment as one statement, each with its own values", async () => {
  const sent = vi.spyOn(runtime.pool, "query");
  const ctx = { db: runtime.db };
  const [five, at, none, nine, again] = await Promise.all([
    readAtOnce(ctx, sum.part(2, 3)),
    readAtOnce(ctx, clockPart()),
    readAtOnce(ctx, members.part({ word: "w" })),
    readAtOnce(ctx, sum.part(4, 5)),
    readAtOnce(ctx, clockPart()),
  ]);
  expect([five, nine]).toEqual([[{ sum: 5 }], [{ sum: 9 }]]);
  expect(at).toBeInstanceOf(Date);
  expect(again).toEqual(at);
  expect(none).toEqual([]);
  expect(sent).toHaveBeenCalledTimes(1);
  await Promise.all([readAtOnce(ctx, sum.part(1, 1)), readAtOnce({ ...ctx }, sum.part(1, 1))]);
  expect(sent, "two requests").toHaveBeenCalledTimes(3);
});

it("reads the same as the statement alone, times too", async () => {
  const owner = connect(database.ownerUrl, 1);
  await owner.db.execute(
    sql`insert into staff (id, name, email, team, zone) values (gen_random_uuid(), 'Ana', 'ana@a.test', 'A', 'UTC')`,
  );
  await owner.pool.end();
  const alone = await members(runtime.db, { word: "w" });
  expect(alone).toHaveLength(1);
  expect(await readAtOnce({ db: runtime.db }, members.part({ word: "w" }))).toEqual(alone);
});

it("fails for everybody when one of them fails, and not for the next", async () => {
  const ctx = { db: runtime.db };
  const asked = [readAtOnce(ctx, sum.part(1, 1)), readAtOnce(ctx, broken.part(0))];
  const settled = await Promise.allSettled(asked);
  expect(settled.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await readAtOnce(ctx, sum.part(1, 1))).toEqual([{ sum: 2 }]);
});

it("numbers a statement's values on from those before it", () => {
  expect(shifted("select $1, $12, $1", 3)).toBe("select $4, $15, $4");
});
