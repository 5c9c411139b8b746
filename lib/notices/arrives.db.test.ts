import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { afterAll, beforeEach, expect, it } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import { entry } from "#db/testing/entry.ts";
import { hire } from "#db/testing/people.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { ask as askBySql } from "#db/testing/steps.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { mailChannel } from "./mail.ts";
import type { Channel } from "./message.ts";
import { enqueue } from "./queue.ts";
import { openRunner, type Runner } from "./run.ts";
import { addHook, choose, hookSecret, hookServer, mailServer, passTime } from "./testing.ts";
import { webhookChannel } from "./webhook.ts";

const s = await scene();
const key = "a secret of thirty-two characters";
const hooks = await hookServer(hookSecret);
const mail = await mailServer();
const adam = await hire(s.owner, "adam", ["admin"]);
await s.commit((sql) => addHook(sql, adam, { address: hooks.url, key }));
const people = [s.max, s.mia, s.moe];
for (const id of people) await s.commit((sql) => choose(sql, id, "webhook", true));
for (const id of people) await s.commit((sql) => choose(sql, id, "mail", false));
await s.owner.query("insert into policy_versions (version, body) values (14, $1)", [
  JSON.stringify((await import("#db/seed/policy-14.json", { with: { type: "json" } })).default),
]);

const ctx: Ctx = {
  db: drizzle(s.runtime),
  actor: { kind: "system", part: "worker" },
  ip: null,
  userAgent: null,
  requestId: newId(),
};
const webhook = webhookChannel({ db: ctx.db, secret: key, allowed: "private" });
const post = mailChannel({ smtpUrl: mail.url, from: "alongside@acme.test" });
const url = "https://alongside.acme.test";
const open = (channels: Record<string, Channel> = { webhook, mail: post }, on = ctx) =>
  openRunner({ ctx: on, channels, url });
const runner = await open();
afterAll(async () => {
  await runner.stop();
  post.close();
  webhook.close();
  await Promise.all([hooks.close(), mail.close()]);
});
beforeEach(() => {
  hooks.state.answer = () => ({});
  hooks.received.length = 0;
  mail.mails.length = 0;
});

/** A request that these people were asked to decide on. */
const ring = (asked: string[] = people) =>
  s.commit(async (sql) => {
    const request = await askBySql(sql, s.ana, s.rita, { approvals_needed: 1 });
    const about = { actor: s.ana, subject: s.rita, request: request.id };
    await entry(sql, "request.rang", { ...about, body: { asked } });
    return request.id;
  });
const round = async (by: Runner = runner) => {
  await by.tell();
  await by.deliverAll();
};
const copies = async (request: string) => {
  const { rows } = await s.owner.query(
    `select d.id, d.status, d.tries, d.fault, d.ref, d.failed_entry_id as failed from notice_deliveries d join notices n on n.id = d.notice_id
      where n.request_id = $1 order by d.id`,
    [request],
  );
  return rows;
};
const shift = (column: string, by: string) =>
  inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "notice_deliveries", () =>
      sql.query(`update notice_deliveries set ${column} = ${column} - $1::interval`, [by]),
    ),
  );
const entries = async (event: string) =>
  (
    await s.owner.query(
      "select p.body::jsonb as body from audit_entry e join audit_payload p on p.entry_id = e.id where e.event = $1 order by e.occurred_at, e.id",
      [event],
    )
  ).rows.map((row) => row.body);

it("when the receiver was down for an hour: all of it, once", async () => {
  hooks.state.answer = () => ({ status: 503 });
  const request = await ring();
  for (let tries = 0; tries < 8; tries += 1) {
    await round();
    await passTime(s.owner);
  }
  expect(await copies(request)).toMatchObject(
    people.map(() => ({ status: "waiting", tries: 8, fault: "it answered 503" })),
  );
  hooks.state.answer = () => ({});
  await round();
  await round();
  expect(await copies(request)).toMatchObject(
    people.map(() => ({ status: "sent", tries: 0, fault: null })),
  );
  expect(new Set(hooks.received.map(({ id }) => id)).size).toBe(3);
  expect(hooks.received).toHaveLength(3);
});

it("when the worker is killed between sending and marking: again, and known as the same", async () => {
  const pool = new pg.Pool({ connectionString: s.runtimeUrl, max: 4 });
  const own: Ctx = { ...ctx, db: drizzle(pool) };
  const killing: Channel = {
    ...webhook,
    send: async (to, message, signal) => {
      const sent = await webhook.send(to, message, signal);
      // With its connections, as when the process is: nothing of what follows is written.
      await pool.end();
      return sent;
    },
  };
  const request = await ring([s.max]);
  const killed = await open({ webhook: killing }, own);
  await killed.tell();
  await expect(killed.deliverAll()).rejects.toThrow();
  expect(await copies(request)).toMatchObject([{ status: "waiting" }]);

  await s.owner.query(
    "update pgboss.job set started_on = started_on - interval '2 minutes' where state = 'active'",
  );
  await s.owner.query("update pgboss.queue set monitor_claim_on = null, monitor_on = null");
  await runner.lookAfter();
  await passTime(s.owner);
  await round();
  expect(await copies(request)).toMatchObject([{ status: "sent" }]);
  expect(hooks.received).toHaveLength(2);
  expect(new Set(hooks.received.map(({ id }) => id)).size).toBe(1);
});

it("also where its job is gone, as after a backup that was put back", async () => {
  const request = await ring([s.max]);
  await runner.tell();
  await s.owner.query("delete from pgboss.job");
  await round();
  expect(hooks.received).toHaveLength(0);
  await runner.lookAfter();
  await round();
  expect(hooks.received).toHaveLength(0);
  await shift("next_at", "4 minutes");
  await runner.lookAfter();
  await round();
  expect(await copies(request)).toMatchObject([{ status: "sent" }]);
  expect(hooks.received).toHaveLength(1);
});

it("once, whatever number of workers and of jobs there is", async () => {
  const pools = [0, 1].map(() => new pg.Pool({ connectionString: s.runtimeUrl, max: 6 }));
  for (const pool of pools) pool.on("error", () => {});
  const runners = await Promise.all(
    pools.map((pool) => open({ webhook }, { ...ctx, db: drizzle(pool) })),
  );
  const requests = await Promise.all(Array.from({ length: 30 }, () => ring()));
  await Promise.all([runner, ...runners].map((one) => round(one)));
  await Promise.all([runner, ...runners].map((one) => round(one)));
  const [first] = await copies(requests[0] ?? "");
  await enqueue(ctx.db, runner.boss, "webhook", [{ id: first.id }, { id: first.id }]);
  await round();
  expect(hooks.received).toHaveLength(90);
  expect(new Set(hooks.received.map(({ id }) => id)).size).toBe(90);
  const { rows } = await s.owner.query(
    "select count(*)::integer as n, count(distinct (entry_id, staff_id))::integer as each from notices where request_id = any($1)",
    [requests],
  );
  expect(rows).toEqual([{ n: 90, each: 90 }]);
  await Promise.all(runners.map((one) => one.stop()));
  await Promise.all(pools.map((pool) => pool.end()));
});

it("later where the receiver asks for it, and no sooner", async () => {
  hooks.state.answer = () => ({ status: 429, headers: { "retry-after": "120" } });
  await ring([s.mia]);
  await round();
  hooks.state.answer = () => ({});
  await round();
  expect(hooks.received).toHaveLength(0);
  const { rows } = await s.owner.query(
    "select extract(epoch from start_after - now()) between 110 and 130 as later from pgboss.job where state = 'created' and start_after > now()",
  );
  expect(rows).toEqual([{ later: true }]);
  await passTime(s.owner);
  await round();
  expect(hooks.received).toHaveLength(1);
});

it("past a receiver that never answers", async () => {
  await s.commit((sql) => choose(sql, s.max, "mail", true, ["sessions"]));
  hooks.state.answer = () => ({ never: true });
  const impatient = await openRunner({
    ...{ ctx, channels: { webhook, mail: post }, url, patienceMs: 2_000 },
  });
  const request = await ring([s.mia]);
  await s.commit((sql) =>
    entry(sql, "session.review_due", {
      actor: s.ana,
      subject: s.rita,
      body: { asked: [s.max], number: "S-1", summary: "12 pages" },
    }),
  );
  await round(impatient);
  await impatient.stop();
  expect(mail.mails.map(({ subject }) => subject)).toEqual(["ana was at Northwind (S-1)"]);
  expect(await copies(request)).toMatchObject([{ status: "waiting", fault: "no answer in time" }]);
  hooks.state.answer = () => ({});
  await passTime(s.owner);
  await round();
  expect(await copies(request)).toMatchObject([{ status: "sent" }]);
});

it("or is given up after a day, or at once where the receiver wants no more, on record", async () => {
  hooks.state.answer = () => ({ status: 410 });
  const gone = await ring([s.mia]);
  await round();
  hooks.state.answer = () => ({ status: 500 });
  const late = await ring([s.moe]);
  await round();
  await shift("created_at", "24 hours");
  await passTime(s.owner);
  await round();
  for (const request of [gone, late])
    expect(await copies(request)).toMatchObject([{ status: "failed", failed: expect.any(String) }]);
  expect(await entries("notice.failed")).toMatchObject([
    { to: "mia", channel: "webhook", why: "it answered 410" },
    { to: "moe", channel: "webhook", why: "it answered 500" },
  ]);
});

it("past one that cannot be made at all", async () => {
  const [bad, good] = [await ring([s.max]), await ring([s.mia])];
  await runner.tell();
  await s.owner.query("update staff set zone = 'Nowhere/At_all' where id = $1", [s.max]);
  await expect(runner.deliverAll()).rejects.toThrow("time zone");
  expect(await copies(good)).toMatchObject([{ status: "sent" }]);
  expect(await copies(bad)).toMatchObject([{ status: "waiting" }]);
  await s.owner.query("update staff set zone = 'UTC' where id = $1", [s.max]);
});
