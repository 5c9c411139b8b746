import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";

const s = await scene();

test.each([
  "set session_replication_role = replica",
  "alter table sessions disable trigger guard_insert",
  "alter table audit_entry disable trigger all",
  "alter table audit_entry enable replica trigger append_only",
  "drop trigger append_only on audit_entry",
  "alter table requests drop constraint requests_granted",
])("%s: not permitted", async (statement) => {
  expect(await attack(s, (sql) => sql.query(statement))).toBe("42501");
});

test("the triggers that keep the promises fire whatever session_replication_role says", async () => {
  const { rows } = await s.owner.query(
    `select tgname from pg_trigger
     where not tgisinternal and tgenabled <> 'A' and tgname not like '%fold'`,
  );
  expect(rows).toEqual([]);
});
