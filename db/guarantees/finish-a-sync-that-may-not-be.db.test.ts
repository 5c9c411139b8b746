import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { addSubject } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Row, type Sql, update } from "#db/testing/sql.ts";

const s = await scene();
for (let i = 0; i < 8; i += 1) await addSubject(s.owner, s.product, s.standard);

/** An open sync that names nobody. */
async function begin(sql: Sql, more: Row = {}): Promise<string> {
  const id = newId();
  await insert(sql, "directory_syncs", {
    id,
    product_id: s.product,
    begun_entry_id: await entry(sql, "directory.sync_begun"),
    ...more,
  });
  return id;
}
const sync = await s.commit((sql) => begin(sql));
const name = (sql: Sql, kind: string, table: string, limit: number) =>
  sql.query(
    `insert into directory_seen select $1, $2, external_id from ${table} order by id limit $3 on conflict do nothing`,
    [sync, kind, limit],
  );
const set = (row: Row) => attack(s, (sql) => update(sql, "directory_syncs", sync, row));

test("one that names too few, without saying how many are gone", async () => {
  expect(await set({ status: "finishing" })).toBe("sync_empties_directory");
  expect(await set({ status: "finishing", gone_accepted: 11 })).toBe("sync_empties_directory");
  await s.commit((sql) => name(sql, "account", "accounts", 2));
  await s.commit((sql) => name(sql, "user", "subjects", 7));
  expect(await set({ status: "finishing", gone_accepted: 2 })).toBe("sync_empties_directory");
});

test("one with lines that were not taken", async () => {
  await s.commit((sql) => name(sql, "user", "subjects", 10));
  await s.commit((sql) => update(sql, "directory_syncs", sync, { lines: 9, rejected: 2 }));
  expect(await set({ status: "finishing" })).toBe("sync_has_errors");
  expect(await set({ status: "finishing", rejected_accepted: 1 })).toBe("sync_has_errors");
  expect(await set({ rejected: 0 })).toBe("sync_frozen");
  expect(await set({ lines: 0 })).toBe("sync_frozen");
});

test("one without the steps between, or what is accepted said beforehand", async () => {
  const closed_entry_id = newId();
  expect(await set({ status: "finished", closed_entry_id })).toBe("sync_move");
  expect(await set({ gone_accepted: 1000 })).toBe("sync_frozen");
  expect(await set({ rejected_accepted: 2 })).toBe("sync_frozen");
  expect(await attack(s, (sql) => begin(sql, { gone_accepted: 1000 }))).toBe("sync_begins_open");
  expect(await attack(s, (sql) => begin(sql))).toBe("directory_syncs_one_open");
});

test("one into which nothing came for a day", async () => {
  await s.owner.query("alter table directory_syncs disable trigger user");
  await s.owner.query(
    "update directory_syncs set begun_at = begun_at - interval '25 hours', last_push_at = last_push_at - interval '25 hours'",
  );
  await s.owner.query("alter table directory_syncs enable always trigger guard_update");
  expect(await set({ status: "finishing", rejected_accepted: 2 })).toBe("sync_too_old");
});
