import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { ageSession } from "#db/testing/age.ts";
import { entry } from "#db/testing/entry.ts";
import { addAccount, addSubject, hire } from "#db/testing/people.ts";
import { type Opened, opened } from "#db/testing/race.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Sql } from "#db/testing/sql.ts";
import { approve, ask, attempt, deny, end, grant, type Session, start } from "#db/testing/steps.ts";
import { atWork } from "#lib/impersonation/testing.ts";
import { findingsPolicy } from "#lib/policy/findings-policy.ts";
import { policyBody } from "#lib/policy/policy.ts";
import { rollUp } from "./roll-up.ts";
import { compared, rawCounts, rollUpAll } from "./testing.ts";

const s = await scene();
const { worker } = await atWork(s);
const zones = ["UTC", "Asia/Kolkata", "America/Los_Angeles", "Nowhere/Unknown"];
const agents = await Promise.all(
  zones.map(async (zone, i) => {
    const id = await hire(s.owner, `agent${i}`, ["agent"]);
    await s.owner.query("update staff set zone = $2 where id = $1", [id, zone]);
    return id;
  }),
);
const accounts = await Promise.all(
  (["standard", "enterprise", "regulated", "standard"] as const).map((tier) =>
    addAccount(s.owner, s.product, tier),
  ),
);
const subjects = await Promise.all(
  accounts.map((account, i) => addSubject(s.owner, s.product, account, { is_vip: i === 3 })),
);

let seed = 20_261;
/** Below `n`, the same in each run. */
const chance = (n: number): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return Math.floor((seed / 2_147_483_648) * n);
};
const oneOf = <T>(list: readonly T[]): T => {
  const one = list[chance(list.length)];
  if (one === undefined) throw new Error("Nothing to choose from");
  return one;
};

const phases = ["view", "attempt", "refused"] as const;
const eventOf = {
  view: "action.viewed",
  attempt: "action.write",
  refused: "action.refused",
} as const;

/** What a product reports, in the words of the log. */
async function act(sql: Sql, session: Session): Promise<void> {
  const { actor, subject, id: request } = session.request;
  const isActing = session.request.scope === "write";
  const phase = oneOf(isActing ? phases : phases.filter((one) => one !== "attempt"));
  const effect =
    phase === "attempt" ? oneOf(["data", "configuration", "message", "export"]) : "view";
  const about = { actor, subject, request, session: session.id };
  const entry_id = await entry(sql, eventOf[phase], about);
  await insert(sql, "audit_index", { entry_id, effect, is_write: phase === "attempt" });
  await attempt(sql, session, { phase, effect, entry_id });
}

const live = new Map<string, Session>();

/** A step of a day at work, in a transaction that somebody holds. */
async function step(sql: Sql, actor: string): Promise<void> {
  const session = live.get(actor);
  if (session) {
    const actions = chance(4);
    for (let i = 0; i < actions; i += 1) await act(sql, session);
    if (chance(3) > 0) return;
    await end(sql, session);
    live.delete(actor);
    return;
  }
  if (chance(6) === 0) {
    await entry(sql, oneOf(["page.refused", "session.refused", "request.refused"]), { actor });
    await entry(sql, "limit.refused", {
      ...(chance(2) === 0 && { actor }),
      body: { count: String(1 + chance(40)) },
    });
    return;
  }
  const request = await ask(sql, actor, oneOf(subjects), { scope: oneOf(["read", "write"]) });
  const { rows } = await sql.query("select approvals_needed as n from requests where id = $1", [
    request.id,
  ]);
  if (Number(rows[0]?.n) === 0) await grant(sql, request);
  else if (chance(4) === 0) return deny(sql, request, oneOf([s.max, s.mia]));
  else await approve(sql, request, oneOf([s.max, s.mia]));
  live.set(actor, await start(sql, request));
}

async function expectExact(zone: string): Promise<void> {
  for (const table of Object.keys(rawCounts("$1"))) {
    const { kept, raw } = await compared(s.owner, table, zone);
    expect(kept, table).toEqual(raw);
    expect(kept.length, table).toBeGreaterThan(1);
  }
}

test("what the database takes for granted is what the policy does", () => {
  expect(policyBody.shape.workingHours.parse(undefined)).toEqual({
    from: 7,
    to: 19,
    days: [1, 2, 3, 4, 5],
  });
  expect(policyBody.shape.zone.parse(undefined)).toBe("UTC");
  expect(findingsPolicy.parse({}).quickSeconds).toBe(10);
});

test("nothing yet: nothing", async () => {
  expect(await rollUp(worker)).toBe(0);
});

test("sessions of other days, quarters and hours: each rollup is the raw count", async () => {
  for (let round = 0; round < 60; round += 1) {
    const actor = oneOf(agents);
    await s.commit((sql) => step(sql, actor));
  }
  const { rows } = await s.owner.query<{ id: string }>("select id from sessions");
  for (const { id } of rows)
    await ageSession(s.owner, id, `${chance(300)} days ${chance(24)} hours`);
  live.clear();
  await rollUpAll(worker, 7, 1000);
  await expectExact("UTC");
});

test("transactions that cross, with two workers at it: each rollup is the raw count", async () => {
  const people = await Promise.all(["eve", "fay", "gus"].map((name) => s.agent(name)));
  const running = new Map<string, Opened>();
  for (let round = 0; round < 200; round += 1) {
    const actor = oneOf(people);
    const open = running.get(actor);
    if (!open) running.set(actor, await opened(s.runtime));
    else if (chance(3) > 0) await step(open.sql, actor);
    else {
      await open.commit();
      running.delete(actor);
    }
    if (chance(4) === 0) await Promise.all([rollUp(worker, 5, 3), rollUp(worker, 5, 3)]);
  }
  for (const open of running.values()) await open.commit();
  await rollUpAll(worker, 50, 1000);
  await expectExact("UTC");
  expect(await rollUp(worker)).toBe(0);
});

test("another zone of the company has other days: all is counted anew", async () => {
  const body = { ...policy14, zone: "Pacific/Auckland" };
  await insert(s.owner, "policy_versions", { version: 15, body });
  await rollUpAll(worker, 50, 1000);
  await expectExact("Pacific/Auckland");
  const { rows } = await s.owner.query("select zone from usage_zone");
  expect(rows).toEqual([{ zone: "Pacific/Auckland" }]);
});

test("what nobody can read as a number counts once, and keeps nothing back", async () => {
  const bodies = [
    "",
    "{",
    "null",
    "[1]",
    `{"count":"many"}`,
    `{"count":-3}`,
    `{"count":1e99}`,
    `{"count":7}`,
  ];
  for (const body of bodies)
    await s.commit(async (sql) => {
      const id = newId();
      await insert(sql, "audit_entry", { id, event: "directory.refused", actor_id: s.moe });
      await insert(sql, "audit_payload", { entry_id: id, salt: Buffer.alloc(32), body });
    });
  await rollUpAll(worker);
  const { rows } = await s.owner.query("select refusals from usage_refusals where actor_id = $1", [
    s.moe,
  ]);
  expect(rows).toEqual([{ refusals: bodies.length - 1 + 7 }]);
});
