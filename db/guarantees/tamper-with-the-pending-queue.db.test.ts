import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";

const s = await scene();
await s.granted();

test.each([
  "select * from audit_pending",
  "delete from audit_pending",
  "truncate audit_pending",
  "update audit_pending set entry_id = gen_random_uuid()",
  "insert into audit_pending (entry_id) values (gen_random_uuid())",
])("%s: not permitted", async (statement) => {
  expect(await attack(s, (sql) => sql.query(statement))).toBe("42501");
});

test("every entry waits to be sealed", async () => {
  const { rows } = await s.owner.query(
    "select count(*) from audit_entry e full join audit_pending p on p.entry_id = e.id where e.id is null or p.entry_id is null",
  );
  expect(Number(rows[0]?.count)).toBe(0);
});
