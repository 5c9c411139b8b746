import { drizzle } from "drizzle-orm/node-postgres";
import { expect, it } from "vitest";
import { entry } from "#db/testing/entry.ts";
import { giveRole, hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Role } from "#lib/vocabulary.ts";
import { readStaff } from "./queries.ts";
import { signInByIssuer } from "./sign-in-by-issuer.ts";

const s = await scene();
const db = drizzle(s.runtime);
const issuer = "https://login.acme.test";
const ada = await hire(s.owner, "ada", ["admin"]);

const map = (group: string, role: Role) =>
  s.commit(async (sql) =>
    insert(sql, "issuer_groups", {
      ...{ id: newId(), group_name: group, role, mapped_by: ada },
      mapped_entry_id: await entry(sql, "group.mapped", { actor: ada, body: { group, role } }),
    }),
  );
const enter = (name: string, groups: string[] | null) =>
  signInByIssuer(
    {
      ...{ db, actor: { kind: "anonymous" }, ip: null, userAgent: "a test", requestId: newId() },
    },
    {
      ...{ issuer, subject: `sub-${name}`, sid: null, email: `${name}@alongside.test` },
      ...{ emailVerified: true, authTime: new Date(), authSaid: true, acr: null, idToken: null },
      groups,
    },
  );
const rolesOf = async (id: string) => (await readStaff(db, id))?.roles;

it("gives and takes by groups at each sign-in, and lets in who has a role by them only", async () => {
  const lou = await hire(s.owner, "lou", []);
  expect(await enter("lou", ["desk"])).toMatchObject({ error: { detail: { why: "no_role" } } });
  await map("desk", "agent");
  await map("leads", "manager");
  expect(await enter("lou", ["desk", "leads", "cooks"])).toMatchObject({ ok: true });
  expect(await rolesOf(lou)).toEqual(["agent", "manager"]);
  // Silence says nothing: who is in which group is unknown.
  expect(await enter("lou", null)).toMatchObject({ ok: true });
  expect(await rolesOf(lou)).toEqual(["agent", "manager"]);
  expect(await enter("lou", ["leads"])).toMatchObject({ ok: true });
  expect(await rolesOf(lou)).toEqual(["manager"]);
  expect(await enter("lou", [])).toMatchObject({ error: { detail: { why: "no_role" } } });
  expect(await rolesOf(lou)).toEqual([]);
  const { rows } = await s.owner.query(
    `select e.event, p.body::jsonb ->> 'role' as role, p.body::jsonb ->> 'issuer_group' as by from audit_entry e
      join audit_payload p on p.entry_id = e.id
      where e.event like 'role.%' and p.body::jsonb ->> 'person' = $1 order by e.occurred_at, e.id`,
    [lou],
  );
  expect(rows.map(({ event, role, by }) => `${event} ${role} ${by}`)).toEqual([
    "role.granted agent desk",
    "role.granted manager leads",
    "role.revoked agent desk",
    "role.revoked manager leads",
  ]);
});

it("takes nothing that a person gave, and gives nothing that excludes it", async () => {
  const may = await hire(s.owner, "may", ["compliance"]);
  expect(await enter("may", ["desk"])).toMatchObject({ ok: true });
  expect(await rolesOf(may)).toEqual(["compliance"]);
  await giveRole(s.owner, may, "manager");
  expect(await enter("may", [])).toMatchObject({ ok: true });
  expect(await rolesOf(may)).toEqual(["manager", "compliance"]);
});

it("lets nobody in who is suspended, and gives them nothing", async () => {
  const gus = await hire(s.owner, "gus", []);
  await s.owner.query(
    "update staff set status = 'deactivated', deactivated_at = clock_timestamp() where id = $1",
    [gus],
  );
  expect(await enter("gus", ["desk"])).toMatchObject({ error: { detail: { why: "deactivated" } } });
  expect(await rolesOf(gus)).toEqual([]);
});

it("lets nobody in with a role that a group took and that could not be taken from them", async () => {
  const kit = await hire(s.owner, "kit", []);
  expect(await enter("kit", ["desk", "leads"])).toMatchObject({ ok: true });
  await s.owner.query(`create function in_the_way() returns trigger language plpgsql as
    $$ begin raise exception 'another change is in the way' using errcode = '55P03'; end $$`);
  await s.owner.query(`create trigger in_the_way before update on staff_roles for each row
    when (new.staff_id = '${kit}') execute function in_the_way()`);
  await s.owner.query("alter table staff_roles enable always trigger in_the_way");
  const why = "not_followed";
  expect(await enter("kit", ["desk"])).toMatchObject({ ok: false, error: { detail: { why } } });
  await s.owner.query("drop function in_the_way() cascade");
  expect(await enter("kit", ["desk"])).toMatchObject({ ok: true });
  expect(await rolesOf(kit)).toEqual(["agent"]);
});
