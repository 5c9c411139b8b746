import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { hire } from "#db/testing/people.ts";
import { opened, waits } from "#db/testing/race.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Row, type Sql } from "#db/testing/sql.ts";
import { ask, grant, start } from "#db/testing/steps.ts";

const s = await scene();
const ada = await hire(s.owner, "ada", ["admin"]);
const lina = await hire(s.owner, "lina", []);
const onlyLooking = (person: string) =>
  insert(s.owner, "staff_roles", {
    ...{ id: newId(), staff_id: person, role: "agent", looking_only: true },
  });
await onlyLooking(lina);

test("who may only look does, and asks for nothing more", async () => {
  await s.commit(async (sql) => {
    const request = await ask(sql, lina, s.jane, { scope: "read" });
    await grant(sql, request);
    await start(sql, request);
  });
  expect(await attack(s, (sql) => ask(sql, lina, s.jane, { scope: "write" }))).toBe(
    "request_looking_only",
  );
});

test("what was granted for acting before is not started after acting was taken", async () => {
  const owen = await s.agent("owen");
  const request = await s.commit(async (sql) => {
    const asked = await ask(sql, owen, s.jane, { scope: "write" });
    await grant(sql, asked);
    return asked;
  });
  await s.owner.query("update staff_roles set revoked_at = clock_timestamp() where staff_id = $1", [
    owen,
  ]);
  await onlyLooking(owen);
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_looking_only");
});

test("acting that is being taken just now is waited for", async () => {
  const rosa = await s.agent("rosa");
  const taking = await opened(s.owner);
  await taking.sql.query("select from staff where id = $1 for no key update", [rosa]);
  const asking = await opened(s.runtime);
  const outcome = asking.race((sql) => ask(sql, rosa, s.jane, { scope: "write" }));
  await waits(s.owner, asking);
  await taking.sql.query(
    "update staff_roles set revoked_at = clock_timestamp() where staff_id = $1",
    [rosa],
  );
  await insert(taking.sql, "staff_roles", {
    ...{ id: newId(), staff_id: rosa, role: "agent", looking_only: true },
  });
  await taking.commit();
  expect(await outcome).toBe("request_looking_only");
});

const give = async (sql: Sql, more: Row, body: Record<string, string> = {}) =>
  insert(sql, "staff_roles", {
    ...{ id: newId(), staff_id: lina, role: "manager" },
    granted_entry_id: await entry(sql, "role.granted", {
      actor: ada,
      body: {
        person: String(more.staff_id ?? lina),
        role: String(more.role ?? "manager"),
        ...body,
      },
    }),
    ...more,
  });

test("a grant is for what its entry says, and only an agent's is for looking only", async () => {
  const kim = await hire(s.owner, "kim", []);
  const agent = { staff_id: kim, role: "agent" };
  expect(await attack(s, (sql) => give(sql, { ...agent, looking_only: true }))).toBe(
    "staff_role_scope",
  );
  expect(await attack(s, (sql) => give(sql, agent, { looking_only: "true" }))).toBe(
    "staff_role_scope",
  );
  const manager = (sql: Sql) => give(sql, { looking_only: true }, { looking_only: "true" });
  expect(await attack(s, manager)).toBe("staff_roles_looking_only");
  await s.commit((sql) => give(sql, { ...agent, looking_only: true }, { looking_only: "true" }));
});

test("nobody lets an agent act by changing the grant, nor makes a service account of a person off the record", async () => {
  expect(
    await attack(s, (sql) =>
      sql.query("update staff_roles set looking_only = false where staff_id = $1", [lina]),
    ),
  ).toBe("42501");
  expect(
    await attack(s, (sql) => sql.query("update staff set kind = 'service' where id = $1", [lina])),
  ).toBe("staff_change_without_entry");
});
