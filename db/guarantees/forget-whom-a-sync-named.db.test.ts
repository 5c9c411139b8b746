import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, update } from "#db/testing/sql.ts";

const s = await scene();
const sync = newId();
await s.commit(async (sql) => {
  const begun_entry_id = await entry(sql, "directory.sync_begun");
  await insert(sql, "directory_syncs", { id: sync, product_id: s.product, begun_entry_id });
  await insert(sql, "directory_seen", { sync_id: sync, kind: "user", external_id: "usr_1" });
});

test("whom an open sync named, so that they would be gone", async () => {
  const outcome = await attack(s, (sql) => sql.query("delete from directory_seen"));
  expect(outcome).toBe("sync_forgets");
  for (const statement of [
    "update directory_seen set external_id = 'x'",
    "truncate directory_seen",
    "delete from directory_syncs",
    "truncate directory_syncs",
  ])
    expect(await attack(s, (sql) => sql.query(statement))).toBe("42501");
});

test("a sync begun, given up or finished off the record", async () => {
  const id = newId();
  const begin = { id, product_id: s.product, begun_entry_id: newId() };
  const givenUp = await attack(s, async (sql) => {
    const closed_entry_id = await entry(sql, "directory.updated");
    await update(sql, "directory_syncs", sync, { status: "abandoned", closed_entry_id });
  });
  expect(givenUp).toBe("change_without_entry");
  await s.commit(async (sql) => {
    const closed_entry_id = await entry(sql, "directory.sync_abandoned");
    await update(sql, "directory_syncs", sync, { status: "abandoned", closed_entry_id });
  });
  expect(await attack(s, (sql) => insert(sql, "directory_syncs", begin))).toBe(
    "directory_syncs_begun_entry",
  );
  expect(await attack(s, (sql) => update(sql, "directory_syncs", sync, { status: "open" }))).toBe(
    "sync_over",
  );
});
