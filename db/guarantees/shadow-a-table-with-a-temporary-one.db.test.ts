import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";
import type { Sql } from "#db/testing/sql.ts";
import { ask, grant, start } from "#db/testing/steps.ts";

const s = await scene();

/** A temporary copy of a table, with these rows, found before the real one. */
async function shadow(sql: Sql, table: string, rows: string) {
  await sql.query(`create temp table ${table} (like public.${table}) on commit drop`);
  await sql.query(`insert into pg_temp.${table} ${rows}`);
  await sql.query("set local search_path = pg_temp, public");
}

test("staff and roles: no agent is made of a manager", async () => {
  const outcome = await attack(s, async (sql) => {
    await shadow(sql, "staff_roles", "select * from public.staff_roles");
    await sql.query("update pg_temp.staff_roles set role = 'agent'");
    await ask(sql, s.max, s.jane);
  });
  expect(outcome).toBe("request_actor_role");
});

test("accounts: no standard tier is made of a regulated one", async () => {
  const outcome = await attack(s, async (sql) => {
    await shadow(sql, "accounts", "select * from public.accounts");
    await sql.query("update pg_temp.accounts set tier = 'standard'");
    await grant(sql, await ask(sql, s.ana, s.rita));
  });
  expect(outcome).toBe("request_without_approvals");
});

test("requests: a session does not find a request that only looks used up", async () => {
  const request = await s.granted();
  const outcome = await attack(s, async (sql) => {
    await shadow(sql, "requests", "select * from public.requests");
    await sql.query("update pg_temp.requests set status = 'used'");
    // The last step of a start, using the request up, now only touches the shadow.
    await start(sql, request);
  });
  expect(outcome).toBe("session_request_not_used_up");
});

test("the log: an entry in the shadow is no entry", async () => {
  const outcome = await attack(s, async (sql) => {
    await shadow(sql, "audit_entry", "select * from public.audit_entry limit 0");
    await sql.query("create temp table audit_payload (like public.audit_payload) on commit drop");
    await sql.query("alter table pg_temp.audit_entry alter occurred_at set default now()");
    await sql.query(
      "alter table pg_temp.audit_entry alter xact set default pg_current_xact_id()::text",
    );
    await ask(sql, s.ana, s.jane);
  });
  expect(outcome).toBe("requests_asked_entry");
});
