import { v7 as newId } from "uuid";
import { expect, it } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Row, type Sql, update } from "#db/testing/sql.ts";

const s = await scene();
const ada = await hire(s.owner, "ada", ["admin"]);
const abe = await hire(s.owner, "abe", ["admin"]);
const out = await hire(s.owner, "out", ["agent", "admin"]);
const plain = await hire(s.owner, "plain", ["manager"]);
for (const id of [out, plain])
  await s.owner.query(
    "update staff set status = 'deactivated', deactivated_at = now() where id = $1",
    [id],
  );

async function propose(sql: Sql, by: string, staff_id: string, after: object) {
  const id = newId();
  await insert(sql, "proposals", {
    ...{ id, kind: "role", staff_id, before: {}, after, reason: "They came back" },
    ...{ proposed_by: by, lapses_at: new Date(Date.now() + 86_400_000) },
    made_entry_id: await entry(sql, "proposal.made", { actor: by }),
  });
  return id;
}
const accept = async (sql: Sql, id: string, by: string) =>
  update(sql, "proposals", id, {
    ...{ status: "accepted", decided_by: by, decided_at: new Date() },
    decided_entry_id: await entry(sql, "proposal.accepted", { actor: by }),
  });
const restore = async (sql: Sql, by: string, person: string, body: Row = {}) =>
  update(sql, "staff", person, {
    ...{ status: "active", deactivated_at: null },
    changed_entry_id: await entry(sql, "staff.restored", { actor: by, body: { person, ...body } }),
  });
const active = { status: "active" };

it("who holds the role admin is let in again by two; anybody else by one", async () => {
  expect(await attack(s, (sql) => restore(sql, ada, out))).toBe("staff_restored_by_one");
  await s.commit((sql) => restore(sql, ada, plain));

  const id = await s.commit((sql) => propose(sql, ada, out, active));
  const body = { proposal: id };
  expect(await attack(s, (sql) => accept(sql, id, ada))).toBe("proposal_own");
  expect(await attack(s, (sql) => restore(sql, abe, out, body))).toBe("staff_restored_by_one");
  const byTheFirst = async (sql: Sql) => {
    await accept(sql, id, abe);
    await restore(sql, ada, out, body);
  };
  expect(await attack(s, byTheFirst)).toBe("staff_restored_by_one");
  const unnamed = async (sql: Sql) => {
    await accept(sql, id, abe);
    await restore(sql, abe, out);
  };
  expect(await attack(s, unnamed)).toBe("staff_restored_by_one");
  await s.commit(async (sql) => {
    await accept(sql, id, abe);
    await restore(sql, abe, out, body);
  });
  // Once: what was accepted before lets nobody in again.
  await s.owner.query(
    "update staff set status = 'deactivated', deactivated_at = now() where id = $1",
    [out],
  );
  expect(await attack(s, (sql) => restore(sql, abe, out, body))).toBe("staff_restored_by_one");
});

it("an acceptance of something else lets nobody in", async () => {
  const id = await s.commit((sql) => propose(sql, ada, out, { roles: ["admin"] }));
  const forged = async (sql: Sql) => {
    await accept(sql, id, abe);
    await restore(sql, abe, out, { proposal: id });
  };
  expect(await attack(s, forged)).toBe("staff_restored_by_one");
});
