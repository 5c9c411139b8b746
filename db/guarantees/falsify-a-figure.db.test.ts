import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { atRest } from "#db/testing/race.ts";
import { scene } from "#db/testing/scene.ts";
import { end, start } from "#db/testing/steps.ts";

const s = await scene();
const request = await s.granted();
await s.commit(async (sql) => end(sql, await start(sql, request)));
await atRest((query) => s.owner.query(query));
await s.runtime.query("select roll_up(1000)");

const { rows: tables } = await s.owner.query<{ name: string }>(
  "select relname as name from pg_class where relname like 'usage\\_%' and relkind = 'r' order by 1",
);

test("there is something to falsify", async () => {
  expect(tables.length).toBe(9);
  const { rows } = await s.runtime.query("select sum(sessions)::integer as n from usage_days");
  expect(rows).toEqual([{ n: 1 }]);
});

test.each(tables)("$name: not permitted to write, change, delete or empty", async ({ name }) => {
  const { rows } = await s.owner.query<{ column: string }>(
    `select attname as column from pg_attribute where attrelid = '${name}'::regclass and attnum = 1`,
  );
  const column = rows[0]?.column;
  for (const statement of [
    `insert into ${name} select * from ${name}`,
    `update ${name} set ${column} = ${column}`,
    `delete from ${name}`,
    `truncate ${name}`,
  ])
    expect(await attack(s, (sql) => sql.query(statement))).toBe("42501");
});

test("to count the same again, or to skip some: not permitted", async () => {
  expect(await attack(s, (sql) => sql.query("delete from entry_readers"))).toBe("42501");
  expect(await attack(s, (sql) => sql.query("select usage_days_begin()"))).toBe("42501");
  expect(await attack(s, (sql) => sql.query("select read_on('usage', 10)"))).toBe(
    "reader_is_not_yours",
  );
});
