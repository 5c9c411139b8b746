import { v7 as newId } from "uuid";
import { expect, it } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Sql, update } from "#db/testing/sql.ts";

const s = await scene();
const ada = await hire(s.owner, "ada", ["admin"]);
const abe = await hire(s.owner, "abe", ["admin"]);
const other = await hire(s.owner, "ada2", ["agent"]);
await s.owner.query("update staff set person_id = $1 where id = $2", [ada, other]);

async function propose(sql: Sql, by: string, staff_id: string) {
  const id = newId();
  await insert(sql, "proposals", {
    ...{ id, kind: "role", staff_id, before: {}, after: { person: "own" } },
    ...{ reason: "They are two people", proposed_by: by },
    lapses_at: new Date(Date.now() + 86_400_000),
    made_entry_id: await entry(sql, "proposal.made", { actor: by }),
  });
  return id;
}

it("nobody proposes who they are themselves, through none of their accounts", async () => {
  expect(await attack(s, (sql) => propose(sql, ada, ada))).toBe("proposal_about_oneself");
  expect(await attack(s, (sql) => propose(sql, ada, other))).toBe("proposal_about_oneself");
});

it("what was accepted parts that account, and no other", async () => {
  const mate = await hire(s.owner, "abe2", ["agent"]);
  await s.owner.query("update staff set person_id = $1 where id = $2", [s.max, mate]);
  const id = await s.commit((sql) => propose(sql, ada, mate));
  const part = async (sql: Sql, who: string) => {
    await update(sql, "proposals", id, {
      ...{ status: "accepted", decided_by: abe, decided_at: new Date() },
      decided_entry_id: await entry(sql, "proposal.accepted", { actor: abe }),
    });
    await update(sql, "staff", who, {
      person_id: newId(),
      person_entry_id: await entry(sql, "person.unlinked", { actor: abe, body: { person: who } }),
    });
  };
  expect(await attack(s, (sql) => part(sql, s.max))).toBe("staff_person_second_admin");
  await s.commit((sql) => part(sql, mate));
  const { rows } = await s.owner.query("select same_person($1, $2) as same", [s.max, mate]);
  expect(rows).toEqual([{ same: false }]);
});
