import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { hire, takeRole } from "#db/testing/people.ts";
import { opened, waits } from "#db/testing/race.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Sql } from "#db/testing/sql.ts";
import type { AuditEvent } from "#lib/vocabulary.ts";

const s = await scene();
const ada = await hire(s.owner, "ada", ["admin"]);
const abe = await hire(s.owner, "abe", ["admin"]);

type Change = { by?: string; of?: string; role?: string; event?: AuditEvent };

const grant = async (sql: Sql, { by = ada, of = s.ana, role = "manager", event }: Change) =>
  insert(sql, "staff_roles", {
    id: newId(),
    staff_id: of,
    role,
    granted_by: by,
    granted_entry_id: await entry(sql, event ?? "role.granted", {
      actor: by,
      body: { person: of, role },
    }),
  });
const change = async (sql: Sql, set: string, { by = ada, of = s.ana, event }: Change) =>
  sql.query(`update staff set ${set}, changed_entry_id = $1 where id = $2`, [
    await entry(sql, event ?? "staff.changed", { actor: by, body: { person: of } }),
    of,
  ]);

test("an admin gives, changes and takes, on record", async () => {
  const kim = await hire(s.owner, "kim", []);
  await s.commit((sql) => grant(sql, { of: kim, role: "agent" }));
  await s.commit((sql) => change(sql, "team = 'Elsewhere'", { of: kim }));
  await s.commit(async (sql) =>
    sql.query(
      "update staff_roles set revoked_entry_id = $1, revoked_at = 'epoch', revoked_by = $2 where staff_id = $3",
      [
        await entry(sql, "role.revoked", { actor: ada, body: { person: kim, role: "agent" } }),
        abe,
        kim,
      ],
    ),
  );
  const { rows } = await s.owner.query(
    "select granted_by, revoked_by, revoked_at > granted_at as later from staff_roles where staff_id = $1",
    [kim],
  );
  expect(rows).toEqual([{ granted_by: ada, revoked_by: ada, later: true }]);
});

test("nobody gives a role to themselves, nor changes their own record", async () => {
  expect(await attack(s, (sql) => grant(sql, { of: ada, role: "manager" }))).toBe(
    "staff_change_own",
  );
  expect(await attack(s, (sql) => change(sql, "manager_id = null, team = 'X'", { of: ada }))).toBe(
    "staff_change_own",
  );
});

test("nobody gives a role who is not an admin, or is one no more", async () => {
  const gone = await hire(s.owner, "gone", ["admin"]);
  await takeRole(s.owner, gone, "admin");
  for (const by of [s.max, gone])
    expect(await attack(s, (sql) => grant(sql, { by }))).toBe("staff_change_not_admin");
});

test("not without its entry, nor behind the entry of something else", async () => {
  const alone = (sql: Sql) =>
    insert(sql, "staff_roles", { id: newId(), staff_id: s.ana, role: "manager", granted_by: ada });
  expect(await attack(s, alone)).toBe("staff_change_without_entry");
  expect(await attack(s, (sql) => grant(sql, { event: "role.revoked" }))).toBe(
    "staff_change_without_entry",
  );
  const misnamed = async (sql: Sql) =>
    insert(sql, "staff_roles", {
      id: newId(),
      staff_id: s.ana,
      role: "manager",
      granted_by: ada,
      granted_entry_id: await entry(sql, "role.granted", {
        actor: ada,
        body: { person: s.ben, role: "manager" },
      }),
    });
  expect(await attack(s, misnamed)).toBe("staff_change_without_entry");
  const twice = async (sql: Sql) => {
    const granted = await entry(sql, "role.granted", {
      actor: ada,
      body: { person: s.ana, role: "manager" },
    });
    const row = { staff_id: s.ana, role: "manager", granted_entry_id: granted };
    await insert(sql, "staff_roles", { ...row, id: newId() });
    await sql.query("update staff set team = 'X', changed_entry_id = $1 where id = $2", [
      granted,
      s.ana,
    ]);
  };
  expect(await attack(s, twice)).toBe("staff_change_without_entry");
  expect(
    await attack(s, (sql) => sql.query("update staff set team = 'X' where id = $1", [s.ana])),
  ).toBe("staff_change_without_entry");
  expect(
    await attack(s, (sql) => change(sql, "status = 'deactivated', deactivated_at = now()", {})),
  ).toBe("staff_change_without_entry");
});

test("nothing is dated back: an approver was not a manager before", async () => {
  const late = await hire(s.owner, "late", []);
  await s.commit(async (sql) =>
    insert(sql, "staff_roles", {
      id: newId(),
      staff_id: late,
      role: "manager",
      granted_at: new Date("2020-01-01"),
      granted_entry_id: await entry(sql, "role.granted", {
        actor: ada,
        body: { person: late, role: "manager" },
      }),
    }),
  );
  const { rows } = await s.owner.query(
    "select granted_at > clock_timestamp() - interval '1 minute' as now from staff_roles where staff_id = $1",
    [late],
  );
  expect(rows).toEqual([{ now: true }]);
});

test("a new member of staff comes with an admin's entry about them", async () => {
  const add = (by: string, about?: string) => async (sql: Sql) => {
    const id = newId();
    await insert(sql, "staff", {
      id,
      email: `${id}@alongside.test`,
      name: "New",
      team: "T",
      changed_entry_id: await entry(sql, "staff.added", {
        actor: by,
        body: { person: about ?? id },
      }),
    });
  };
  expect(await attack(s, add(s.moe))).toBe("staff_change_not_admin");
  expect(await attack(s, add(ada, s.ana))).toBe("staff_change_without_entry");
  await s.commit(add(ada));
});

test("two admins who take the role from each other: one of them keeps it", async () => {
  const [one, two] = [await hire(s.owner, "one", ["admin"]), await hire(s.owner, "two", ["admin"])];
  const take = (by: string, of: string) => async (sql: Sql) =>
    sql.query(
      "update staff_roles set revoked_entry_id = $1, revoked_at = now() where staff_id = $2 and revoked_at is null",
      [await entry(sql, "role.revoked", { actor: by, body: { person: of, role: "admin" } }), of],
    );
  const first = await opened(s.runtime);
  const second = await opened(s.runtime);
  await take(one, two)(first.sql);
  const raced = second.race(take(two, one));
  await waits(s.owner, second);
  await first.commit();
  expect(await raced).toBe("staff_change_not_admin");
  const { rows } = await s.owner.query(
    "select count(*)::int as left from staff_roles where staff_id = any ($1) and revoked_at is null",
    [[one, two]],
  );
  expect(rows).toEqual([{ left: 1 }]);
});

test("only an admin stops everything, and only an admin lifts it", async () => {
  const stop = (by: string) => async (sql: Sql) =>
    insert(sql, "global_stops", {
      id: newId(),
      started_by: by,
      reason: "A test",
      started_entry_id: await entry(sql, "stop.started", { actor: by }),
    });
  const lift =
    (by: string, set = "") =>
    async (sql: Sql) =>
      sql.query(
        `update global_stops set lifted_at = now(), lifted_by = $1, lifted_entry_id = $2 ${set} where lifted_at is null`,
        [by, await entry(sql, "stop.lifted", { actor: by })],
      );
  expect(await attack(s, stop(s.max))).toBe("global_stop_not_admin");
  await s.commit(stop(ada));
  expect(await attack(s, lift(s.max))).toBe("global_stop_not_admin");
  expect(await attack(s, (sql) => sql.query("update global_stops set lifted_at = now()"))).toBe(
    "global_stop_not_admin",
  );
  await s.commit(lift(abe));
  const again = (sql: Sql) => sql.query("update global_stops set lifted_by = $1", [ada]);
  expect(await attack(s, again)).toBe("global_stop_frozen");
});
