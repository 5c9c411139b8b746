import { drizzle } from "drizzle-orm/node-postgres";
import { beforeAll, expect, it } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import { ageRequest } from "#db/testing/age.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { flushCounted } from "#lib/audit/flush-counted.ts";
import { newId } from "#lib/kernel/ids.ts";
import { ask } from "#lib/requests/ask.ts";
import { lapseDue } from "#lib/requests/lapse.ts";
import { endDue } from "./end-due.ts";
import { atWork, question } from "./testing.ts";

const many = 1000;
const s = await scene();
const { ana, worker } = await atWork(s);
const one = worker;
const other = { ...worker, requestId: newId() };
const sum = (counts: number[]) => counts.reduce((a, b) => a + b, 0);
const entries = async (event: string): Promise<number> => {
  const { rowCount } = await s.owner.query("select from audit_entry where event = $1", [event]);
  return rowCount ?? 0;
};

/** A thousand agents whose time began `ago`; by the owner and at once, since the domain would take minutes. */
async function live(ago: string): Promise<void> {
  await inTransaction(s.owner, async (sql) => {
    await sql.query(
      `create temporary table crowd on commit drop as select gen_random_uuid() as actor, gen_random_uuid() as sign_in,
         gen_random_uuid() as request, gen_random_uuid() as entry, clock_timestamp() - $2::interval as began
         from generate_series(1, $1::integer)`,
      [many, ago],
    );
    await sql.query(
      `insert into staff (id, email, name, team) select actor, actor || '@alongside.test', 'Crowd', 'EMEA support' from crowd`,
    );
    await sql.query(
      `insert into staff_roles (id, staff_id, role, granted_at)
         select gen_random_uuid(), actor, 'agent', clock_timestamp() - interval '1 year' from crowd`,
    );
    await sql.query("insert into staff_sign_ins (id, staff_id) select sign_in, actor from crowd");
    await restingTriggers(sql, "audit_entry", () =>
      sql.query("insert into audit_entry (id, event) select entry, 'request.asked' from crowd"),
    );
    await restingTriggers(sql, "requests", () =>
      sql.query(
        `insert into requests (id, actor_id, subject_id, account_id, product_id, scope, minutes, reason_category,
           lawful_basis, reason, caller_check, policy_version, approvals_needed, status, created_at, lapses_at,
           granted_at, granted_minutes, start_by, closed_at, asked_entry_id, granted_entry_id, closed_entry_id)
         select request, actor, $1, $2, $3, 'read', 30, 'bug', 'contract', 'One of a thousand, for a test.',
           'call_back', 1, 0, 'used', began, began + interval '4 hours', began, 30, began + interval '30 minutes',
           began, entry, entry, entry from crowd`,
        [s.jane.id, s.jane.account, s.jane.product],
      ),
    );
    await restingTriggers(sql, "sessions", () =>
      sql.query(
        `insert into sessions (id, request_id, actor_id, subject_id, account_id, product_id, scope, minutes,
           policy_version, sign_in_id, started_at, expires_at, last_active_at, started_entry_id)
         select gen_random_uuid(), request, actor, $1, $2, $3, 'read', 30, 1, sign_in, began,
           began + interval '30 minutes', began + interval '29 minutes', entry from crowd`,
        [s.jane.id, s.jane.account, s.jane.product],
      ),
    );
  });
}

beforeAll(() => live("31 minutes"));

it("ends a thousand overdue sessions once each, whichever of two workers comes to them", async () => {
  const counts = await Promise.all([endDue(one), endDue(other, 300)]);
  // What one left to the other was ended by it; nothing is left over for a third.
  expect(sum(counts)).toBe(many);
  expect(await endDue(one)).toBe(0);
  expect(await entries("session.ended")).toBe(many);
  const { rows } = await s.owner.query<{ twice: number }>(
    "select count(*) - count(distinct session_id) as twice from audit_entry where event = 'session.ended'",
  );
  expect(Number(rows[0]?.twice)).toBe(0);
}, 300_000);

it("asks a handful of questions about a thousand sessions of which none is due", async () => {
  await live("1 minute");
  let questions = 0;
  const db = drizzle(s.runtime, { logger: { logQuery: () => (questions += 1) } });
  expect(await endDue({ ...worker, db })).toBe(0);
  expect(questions).toBeLessThanOrEqual(6);
});

it("lapses each request once", async () => {
  const ids: string[] = [];
  for (let n = 0; n < 20; n += 1) {
    const asked = await ask(ana, question(s.rita.id));
    if (!asked.ok) throw new Error(asked.error.message);
    ids.push(asked.value.id);
  }
  for (const id of ids) await ageRequest(s.owner, id, "5 hours");
  expect(sum(await Promise.all([lapseDue(one), lapseDue(other)]))).toBe(ids.length);
  expect(await entries("request.lapsed")).toBe(ids.length);
});

it("makes one entry of each counted refusal", async () => {
  for (let n = 0; n < 20; n += 1)
    await insert(s.owner, "counted_refusals", {
      id: newId(),
      event: "client.refused",
      source: `198.51.100.${n}`,
      code: "not_signed_in",
      minute: "2026-01-01T00:00:00Z",
      count: 3,
    });
  expect(sum(await Promise.all([flushCounted(one), flushCounted(other)]))).toBe(20);
  expect(await entries("client.refused")).toBe(20);
});
