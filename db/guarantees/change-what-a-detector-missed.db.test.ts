import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Row } from "#db/testing/sql.ts";

const s = await scene();
const id = "01a20f34-9d2f-7282-a6ab-7a34d57a6100";
const miss = (more: Row = {}) =>
  s.commit((sql) =>
    insert(sql, "findings_missed", { id, detector: "vip", read: { started: [s.ana] }, ...more }),
  );

test("what it is, once it is settled, and by taking it off the record", async () => {
  await miss();
  for (const change of ["detector = 'refusals'", "read = '{}'", "missed_at = '-infinity'"])
    expect(await attack(s, (sql) => sql.query(`update findings_missed set ${change}`))).toBe(
      "42501",
    );
  expect(await attack(s, (sql) => sql.query("update findings_missed set tries = 0"))).toBe(
    "finding_missed_frozen",
  );
  for (const statement of ["delete from findings_missed", "truncate findings_missed"]) {
    expect(await attack(s, (sql) => sql.query(statement))).toBe("42501");
    await expect(s.owner.query(statement)).rejects.toMatchObject({
      constraint: expect.stringMatching(/append_only$/),
    });
  }
  await s.commit((sql) => sql.query("update findings_missed set settled_at = clock_timestamp()"));
  for (const change of ["settled_at = null", "tries = 9"])
    expect(await attack(s, (sql) => sql.query(`update findings_missed set ${change}`))).toBe(
      "finding_missed_frozen",
    );
});
