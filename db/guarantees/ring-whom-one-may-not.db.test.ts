import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { hire, takeRole } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Row, type Sql } from "#db/testing/sql.ts";
import { ask, deny, type Request } from "#db/testing/steps.ts";

const s = await scene();
const [led, late, gone] = [
  await hire(s.owner, "led", ["manager"], { managerId: s.ana }),
  await hire(s.owner, "late", []),
  await hire(s.owner, "gone", ["manager"]),
];
const pending = await s.commit((sql) => ask(sql, s.ana, s.rita));
await s.owner.query(
  "insert into staff_roles (id, staff_id, role) values (gen_random_uuid(), $1, 'manager')",
  [late],
);
await takeRole(s.owner, gone, "manager");
const decided = await s.commit((sql) => ask(sql, s.ana, s.rita));
await s.commit((sql) => deny(sql, decided, s.max));

const about = (request: Request) => ({
  actor: request.actor,
  subject: request.subject,
  request: request.id,
});
const rang = (sql: Sql, request = pending) => entry(sql, "request.rang", about(request));
const askOf = async (sql: Sql, approver: string, more: Row = {}, request = pending) =>
  insert(sql, "request_asks", {
    request_id: request.id,
    approver_id: approver,
    ring: 1,
    entry_id: await rang(sql, request),
    ...more,
  });
const open = async (sql: Sql, approver: string, by = approver) =>
  sql.query(
    "update request_asks set opened_at = now(), opened_entry_id = $3 where request_id = $1 and approver_id = $2",
    [pending.id, approver, await entry(sql, "request.opened", { ...about(pending), actor: by })],
  );

await s.commit((sql) => askOf(sql, s.max));
await s.commit(async (sql) =>
  insert(sql, "request_rings", { request_id: pending.id, rung: 2, entry_id: await rang(sql) }),
);

test.each([
  ["the actor", s.ana],
  ["who reports to the actor", led],
  ["who became a manager after it was asked", late],
  ["who is one no longer", gone],
  ["an agent", s.ben],
])("asking %s", async (_, approver) => {
  expect(await attack(s, (sql) => askOf(sql, approver))).toBe("ask_of_nobody");
});

test("asking on what is decided", async () => {
  expect(await attack(s, (sql) => askOf(sql, s.mia, {}, decided))).toBe("ask_of_nobody");
});

test("asking without an entry, or by another's", async () => {
  const opened = await s.commit((sql) => entry(sql, "request.rang", about(pending)));
  expect(await attack(s, (sql) => askOf(sql, s.mia, { entry_id: opened }))).toBe(
    "change_without_entry",
  );
  expect(
    await attack(s, async (sql) => askOf(sql, s.mia, { entry_id: await rang(sql, decided) })),
  ).toBe("change_without_entry");
});

test("asking twice, or as if it were opened", async () => {
  expect(await attack(s, (sql) => askOf(sql, s.max))).toBe(
    "request_asks_request_id_approver_id_pk",
  );
  const seen = { opened_at: new Date(), opened_entry_id: s.max };
  expect(await attack(s, (sql) => askOf(sql, s.mia, seen))).toBe("ask_starts_unopened");
});

test("opening for somebody else, or twice", async () => {
  expect(await attack(s, (sql) => open(sql, s.max, s.mia))).toBe("change_without_entry");
  await s.commit((sql) => open(sql, s.max));
  expect(await attack(s, (sql) => open(sql, s.max))).toBe("ask_frozen");
});

test("taking back a ring, an ask or what was opened", async () => {
  const alone = (text: string) => attack(s, (sql) => sql.query(text));
  expect(await alone("update request_rings set rung = 1")).toBe("ring_back");
  expect(await alone("update request_rings set rung = 3")).toBe("change_without_entry");
  expect(await alone("update request_asks set opened_at = null, opened_entry_id = null")).toBe(
    "ask_frozen",
  );
  expect(await alone("update request_asks set ring = 2")).toBe("42501");
  expect(await alone("delete from request_asks")).toBe("42501");
  expect(await alone("delete from request_rings")).toBe("42501");
});
