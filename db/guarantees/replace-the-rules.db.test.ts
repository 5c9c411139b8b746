import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";

const s = await scene();

test.each([
  "create or replace function holds_role(person uuid, wanted text, since timestamptz default null) returns boolean language sql as 'select true'",
  "create function public.mine() returns boolean language sql as 'select true'",
  "alter function holds_role security invoker",
  "alter function holds_role set search_path = pg_temp",
  "drop function append_only cascade",
  "create table public.mine (id int)",
  "create schema mine",
  "create temp table mine () inherits (public.approvals)",
  "create trigger mine before insert on sessions for each row execute function append_only()",
  "create rule mine as on insert to sessions do instead nothing",
  "create extension dblink",
  "alter table staff owner to current_user",
  "alter table sessions add column mine int",
  "alter sequence request_numbers restart 1",
  "select setval('session_numbers', 1)",
  "drop table audit_pending",
  "create index on sessions (id)",
  "alter table requests enable row level security",
  "create role mine superuser",
  "alter role current_user createrole",
  "copy (select 1) to program 'true'",
])("%s: not permitted", async (statement) => {
  expect(await attack(s, (sql) => sql.query(statement))).toBe("42501");
});

test("nor becoming the owner or giving oneself more", async () => {
  const { rows } = await s.owner.query("select current_user as owner");
  const { rows: me } = await s.runtime.query("select current_user as runtime");
  const [owner, runtime] = [String(rows[0]?.owner), String(me[0]?.runtime)];
  for (const statement of [
    `set role ${owner}`,
    `set session authorization ${owner}`,
    `grant ${owner} to ${runtime}`,
    `reassign owned by ${owner} to ${runtime}`,
  ])
    expect(await attack(s, (sql) => sql.query(statement))).toBe("42501");
  // What one may not give on gives nothing: PostgreSQL warns, and nothing changes.
  await s.runtime.query(`grant update on accounts to ${runtime}`).catch(() => {});
  expect(await attack(s, (sql) => sql.query("delete from accounts"))).toBe("42501");
});
