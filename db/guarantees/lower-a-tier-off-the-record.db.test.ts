import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { scene } from "#db/testing/scene.ts";

const s = await scene();

const about = { subject: s.jane };

test.each([
  "update accounts set tier = 'standard'",
  "update accounts set stance = 'opted_out'",
  "update accounts set region = 'Europe'",
  "update accounts set terms_version = '9'",
  "update subjects set is_vip = true",
  "update subjects set is_owner = true",
  "update subjects set role = 'Owner of everything'",
  "update subjects set email = 'other' || id",
  "update subjects set status = 'deactivated'",
  "update subjects set kind = 'service'",
])("%s: refused without an entry of each account, of the same transaction", async (change) => {
  await s.commit((sql) => entry(sql, "directory.updated", about));
  const outcome = await attack(s, async (sql) => {
    await entry(sql, "directory.updated", about);
    await sql.query(`${change} where ${change.includes("accounts") ? "id" : "account_id"} = $1`, [
      s.regulated,
    ]);
  });
  expect(outcome).toBe("directory_change_without_entry");
});

test("with its entry, and without one where nothing rests on it, it goes through", async () => {
  await s.commit(async (sql) => {
    await sql.query("update accounts set tier = 'enterprise' where id = $1", [s.standard]);
    await entry(sql, "directory.updated", about);
  });
  await s.commit((sql) => sql.query("update subjects set name = 'Jane Roe', last_seen_at = now()"));
});
