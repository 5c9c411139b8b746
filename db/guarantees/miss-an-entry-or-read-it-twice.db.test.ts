import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { atRest, type Opened, opened, waits } from "#db/testing/race.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import type { Sql } from "#db/testing/sql.ts";

const s = await scene();

const once = async (sql: Sql, reader: string, most: number): Promise<string[]> => {
  const { rows } = await sql.query<{ id: string }>("select id from read_on($1, $2)", [
    reader,
    most,
  ]);
  return rows.map(({ id }) => id);
};
const rest = () => atRest((query) => s.owner.query(query));
/** Everything that is there to be read, in batches of a transaction each. */
async function all(reader: string, most = 3): Promise<string[]> {
  const found: string[] = [];
  for (;;) {
    const batch = await s.commit((sql) => once(sql, reader, most));
    found.push(...batch);
    if (batch.length < most) return found;
  }
}
const onRecord = async (): Promise<string[]> => {
  const { rows } = await s.owner.query<{ id: string }>("select id from audit_entry");
  return rows.map(({ id }) => id).sort();
};
async function write(sql: Sql, n = 1): Promise<void> {
  for (let i = 0; i < n; i += 1) await entry(sql, "subject.opened", { actor: s.ana });
}

test("a transaction that commits after later ones: each entry once", async () => {
  const found = await all("late");
  const slow = await opened(s.runtime);
  await write(slow.sql, 2);
  await s.commit((sql) => write(sql, 4));
  // What is above the oldest that runs waits for it.
  found.push(...(await all("late")));
  await s.commit((sql) => write(sql, 4));
  found.push(...(await all("late")));
  await write(slow.sql, 2);
  await slow.commit();
  await rest();
  found.push(...(await all("late")));
  expect(found.sort()).toEqual(await onRecord());
  expect(await all("late")).toEqual([]);
});

test("transactions that cross for a long time, read between any two steps: each entry once", async () => {
  const found: string[] = [];
  const running: Opened[] = [];
  for (let step = 0; step < 120; step += 1) {
    const chance = (step * 7919) % 13;
    if (chance < 5 || running.length === 0) {
      if (running.length < 6) running.push(await opened(s.runtime));
    } else if (chance < 9) {
      await write(running[step % running.length]?.sql ?? s.runtime, 1 + (step % 3));
    } else {
      const [over] = running.splice(step % running.length, 1);
      if (chance === 12)
        await over?.race(() => Promise.reject(Object.assign(new Error(), { code: "undone" })));
      else await over?.commit();
    }
    if (chance % 2 === 0) found.push(...(await all("crossing", 1 + (step % 4))));
  }
  for (const one of running) await one.commit();
  await rest();
  found.push(...(await all("crossing")));
  expect(new Set(found).size).toBe(found.length);
  expect(found.sort()).toEqual(await onRecord());
});

test("entries of one and the same moment, in batches smaller than it", async () => {
  await s.commit((sql) => write(sql, 10));
  await s.owner.query("alter table audit_entry disable trigger user");
  await s.owner.query("update audit_entry set occurred_at = date_trunc('second', occurred_at)");
  await s.owner.query("alter table audit_entry enable trigger user");
  const { rows } = await s.owner.query(
    "select tgname from pg_trigger where tgrelid = 'audit_entry'::regclass and not tgisinternal",
  );
  for (const { tgname } of rows)
    await s.owner.query(`alter table audit_entry enable always trigger ${tgname}`);
  await rest();
  expect((await all("moment", 3)).sort()).toEqual(await onRecord());
});

test("two at once: the second waits and reads what the first has left", async () => {
  await all("two");
  await s.commit((sql) => write(sql, 5));
  await rest();
  const first = await opened(s.runtime);
  const second = await opened(s.runtime);
  const found = await once(first.sql, "two", 3);
  const others: string[] = [];
  const outcome = second.race(async (sql) => others.push(...(await once(sql, "two", 3))));
  await waits(s.owner, second);
  await first.commit();
  expect(await outcome).toBe("won");
  expect([found.length, others.length]).toEqual([3, 2]);
  expect(new Set([...found, ...others]).size).toBe(5);
});

test("who rolls back has read nothing", async () => {
  await all("undone");
  await s.commit((sql) => write(sql, 5));
  await rest();
  const undone: string[] = [];
  await inTransaction(s.runtime, async (sql) => {
    undone.push(...(await once(sql, "undone", 3)));
    throw new Error("Something went wrong");
  }).catch(() => {});
  expect(undone).toHaveLength(3);
  expect(await all("undone")).toHaveLength(5);
});

test("what is read already is not walked through again", async () => {
  await all("walk");
  for (let look = 0; look < 3; look += 1) {
    await s.commit((sql) => write(sql));
    await all("walk");
  }
  const { rows } = await s.owner.query(
    "select since > '-infinity' as bound from entry_readers where name = 'walk'",
  );
  expect(rows).toEqual([{ bound: true }]);
});

test("in a snapshot of its own, or nothing at a time: refused", async () => {
  const old = attack(s, async (sql) => {
    await sql.query("set transaction isolation level repeatable read");
    await once(sql, "old", 5);
  });
  expect(await old).toBe("reading_in_old_snapshot");
  expect(await attack(s, (sql) => once(sql, "none", 0))).toBe("reading_nothing");
});

test.each([
  "update entry_readers set seen = 0",
  "delete from entry_readers",
  "insert into entry_readers (name, since, after_at, after_id) values ('x', now(), now(), gen_random_uuid())",
  "select look_on('usage')",
  "select read_entries('usage', 5)",
])("%s: not permitted", async (statement) => {
  expect(await attack(s, (sql) => sql.query(statement))).toBe("42501");
});

test("to read for the figures without making them: refused", async () => {
  expect(await attack(s, (sql) => once(sql, "usage", 5))).toBe("reader_is_not_yours");
});
