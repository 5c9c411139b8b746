import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { scene } from "#db/testing/scene.ts";

const s = await scene();
const old = await s.commit((sql) => entry(sql, "page.refused"));

test("an old entry without an index gets none", async () => {
  const outcome = await attack(s, (sql) =>
    sql.query("insert into audit_index (entry_id, ticket) values ($1, 'SUP-1')", [old]),
  );
  expect(outcome).toBe("audit_index_without_entry");
});

test("nor is a payload laid down for an entry to come", async () => {
  const outcome = await attack(s, (sql) =>
    sql.query("insert into audit_payload (entry_id, salt, body) values ($1, '\\x00', '{}')", [
      newId(),
    ]),
  );
  expect(outcome).toBe("audit_payload_without_entry");
});

test("nor is a temporary table taken for the log", async () => {
  const outcome = await attack(s, async (sql) => {
    await sql.query("create temp table audit_entry (like public.audit_entry)");
    await sql.query("set local search_path = pg_temp, public");
    await sql.query(
      "insert into pg_temp.audit_entry select id, '2001-01-01', event, null, null, null, null, null, pg_current_xact_id()::text from public.audit_entry",
    );
    await sql.query("insert into audit_index (entry_id, ticket) values ($1, 'SUP-1')", [old]);
  });
  expect(outcome).toBe("audit_index_without_entry");
});
