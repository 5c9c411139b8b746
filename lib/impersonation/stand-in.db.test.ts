import { expect, it } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { takeRole } from "#db/testing/people.ts";
import { opened } from "#db/testing/race.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Sql } from "#db/testing/sql.ts";
import type { Result } from "#lib/kernel/result.ts";
import { end } from "./end.ts";
import { standIn } from "./stand-in.ts";
import { atWork, eventsOf, question } from "./testing.ts";

const s = await scene();
const { ana, ben } = await atWork(s);

const code = (result: Result<unknown>) => (result.ok ? "ok" : result.error.code);

/** Asks while `change` is under way and not committed yet: read before it, held up by it, decided after it. */
async function during(change: (sql: Sql) => Promise<unknown>, ctx = ana) {
  const other = await opened(s.owner);
  await change(other.sql);
  const standing = standIn(ctx, question(s.jane.id));
  await isHeldUp(other.pid);
  await other.commit();
  return standing;
}

async function isHeldUp(by: number): Promise<void> {
  for (;;) {
    const { rows } = await s.owner.query(
      "select exists (select 1 from pg_stat_activity where $1 = any(pg_blocking_pids(pid))) as yes",
      [by],
    );
    if (rows[0]?.yes) return;
  }
}

it("writes what the entries say, all of it or nothing", async () => {
  const started = await standIn(ana, question(s.jane.id, { scope: "write", minutes: 45 }));
  if (!started.ok || started.value.kind !== "started") throw new Error(code(started));
  const { sessionId, number } = started.value;
  const { rows } = await s.owner.query(
    `select s.number, s.minutes, s.scope, s.policy_version, s.sign_in_id, r.status, r.granted_minutes, r.ticket,
       r.closed_entry_id = s.started_entry_id as closed, r.start_by - r.granted_at as within, r.id as request
       from sessions s join requests r on r.id = s.request_id where s.id = $1`,
    [sessionId],
  );
  expect(rows).toMatchObject([
    {
      number,
      minutes: 45,
      scope: "write",
      policy_version: 14,
      sign_in_id: ana.actor.signInId,
      status: "used",
      granted_minutes: 45,
      ticket: "SUP-4821",
      closed: true,
    },
  ]);
  expect(await eventsOf(s, { request: rows[0]?.request })).toEqual([
    "request.asked",
    "request.granted",
    "session.started",
  ]);
  await end(ana, { sessionId });
});

it("asks again when the account becomes stricter in between", async () => {
  const become = (stance: string) => (sql: Sql) =>
    sql.query("update accounts set stance = $2 where id = $1", [s.jane.account, stance]);
  expect(code(await during(become("closed")))).toBe("account_closed");
  await become("allowed")(s.owner);
  const waits = await during(become("opted_out"));
  expect(waits).toMatchObject({ ok: true, value: { kind: "waiting" } });
  await become("allowed")(s.owner);
});

it("starts by the policy that is in force once nothing holds it up", async () => {
  const started = await during(async (sql) => {
    await sql.query("select from staff where id = $1 for update", [s.ana]);
    const body = { ...policy14, maxMinutes: 15 };
    await insert(sql, "policy_versions", { version: 15, body });
  });
  if (!started.ok || started.value.kind !== "started") throw new Error(code(started));
  const { sessionId } = started.value;
  const { rows } = await s.owner.query(
    "select minutes, policy_version from sessions where id = $1",
    [sessionId],
  );
  expect(rows).toEqual([{ minutes: 15, policy_version: 15 }]);
  await end(ana, { sessionId });
});

it("lets one of ten of the same actor win", async () => {
  const all = await Promise.all(
    Array.from({ length: 10 }, () => standIn(ben, question(s.jane.id))),
  );
  const codes = all.map(code);
  expect(codes.filter((one) => one === "ok")).toHaveLength(1);
  expect(codes.filter((one) => one === "already_live")).toHaveLength(9);
  const { rows } = await s.owner.query(
    "select count(*)::int as requests from requests where actor_id = $1",
    [s.ben],
  );
  expect(rows).toEqual([{ requests: 1 }]);
});

it("refuses who loses the role in between", async () => {
  expect(code(await during((sql) => takeRole(sql, s.ana, "agent")))).toBe("not_allowed");
});
