import { expect, test } from "vitest";
import { entry } from "#db/testing/entry.ts";
import { scene } from "#db/testing/scene.ts";

const s = await scene();

test("an entry says when and in which transaction it was written, whatever the writer says", async () => {
  const id = await s.commit(async (sql) => {
    const id = await entry(sql, "page.refused");
    await sql.query(
      `insert into audit_entry (id, event, occurred_at, xact) values ($1, 'page.refused', '2001-01-01', '1')`,
      ["00000000-0000-7000-8000-000000000001"],
    );
    await sql.query(`insert into audit_payload (entry_id, salt, body) values ($1, '\\x00', '{}')`, [
      "00000000-0000-7000-8000-000000000001",
    ]);
    await sql.query("insert into audit_index (entry_id, occurred_at) values ($1, '2001-01-01')", [
      id,
    ]);
    return id;
  });
  const { rows } = await s.owner.query(
    `select id, xact, occurred_at > clock_timestamp() - interval '1 minute' as recent from audit_entry`,
  );
  expect(rows.map((row) => row.recent)).toEqual([true, true]);
  expect(new Set(rows.map((row) => row.xact)).size).toBe(1);
  const index = await s.owner.query(
    "select i.occurred_at = e.occurred_at as same from audit_index i join audit_entry e on e.id = i.entry_id where e.id = $1",
    [id],
  );
  expect(index.rows).toEqual([{ same: true }]);
});
