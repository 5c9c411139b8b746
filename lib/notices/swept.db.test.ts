import { afterAll, expect, it } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import { hire } from "#db/testing/people.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { atWork, question } from "#lib/impersonation/testing.ts";
import { ask } from "#lib/requests/ask.ts";
import { approve } from "#lib/requests/vote.ts";
import { openRunner } from "./run.ts";
import { addHook, choose, hookSecret, hookServer } from "./testing.ts";
import { webhookChannel } from "./webhook.ts";

const s = await scene();
const { ana, max, worker } = await atWork(s);
const key = "a secret of thirty-two characters";
const hooks = await hookServer(hookSecret);
const adam = await hire(s.owner, "adam", ["admin"]);
await s.commit((sql) => addHook(sql, adam, { address: hooks.url, key }));
for (const id of [s.max, s.mia, s.moe])
  await s.commit((sql) => choose(sql, id, "webhook", true, ["approvals"]));
const channels = {
  webhook: webhookChannel({ db: worker.db, secret: key, allowed: "private" }),
};
const runner = await openRunner({ ctx: worker, channels, url: "https://alongside.acme.test" });
afterAll(async () => {
  channels.webhook.close();
  await runner.stop();
  await hooks.close();
});

const loseJobs = () => s.owner.query("delete from pgboss.job");
const passMinutes = (minutes: number) =>
  inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "notice_deliveries", () =>
      sql.query(
        "update notice_deliveries set next_at = next_at - make_interval(mins => $1::integer)",
        [minutes],
      ),
    ),
  );
/** Who read that it is decided, so often. */
const decided = (request: string) =>
  hooks.received
    .filter(({ type, data }) => type === "notice.decided" && data.requestId === request)
    .map(({ data }) => data.outcome);
const jobs = async () =>
  (await s.owner.query("select count(*)::integer as n from pgboss.job")).rows[0].n;

async function askedAndTold(): Promise<string> {
  const asked = await ask(ana, question(s.rita.id));
  if (!asked.ok) throw new Error(asked.error.message);
  await runner.tell();
  await runner.deliverAll();
  const { rows } = await s.owner.query(
    "select encode(ask_hash, 'hex') as ask from requests where id = $1",
    [asked.value.id],
  );
  const { id: requestId, minutes } = asked.value;
  expect(await approve(max, { requestId, ask: rows[0]?.ask, minutes })).toMatchObject({ ok: true });
  await runner.tell();
  return requestId;
}

it("a copy that is out says who decided, also where the job that was to say so is lost", async () => {
  const request = await askedAndTold();
  await loseJobs();
  await runner.deliverAll();
  expect(decided(request)).toEqual([]);
  // Not while a job may still be written or under way.
  await runner.lookAfter();
  expect(await jobs()).toBe(0);
  await passMinutes(4);
  await Promise.all([runner.lookAfter(), runner.lookAfter()]);
  await runner.deliverAll();
  expect(new Set(decided(request))).toEqual(new Set(["max approved it."]));
  const { length } = decided(request);
  expect(length).toBeGreaterThan(0);
  await passMinutes(20);
  await loseJobs();
  await runner.lookAfter();
  expect(await jobs()).toBe(0);
  expect(decided(request)).toHaveLength(length);
});

it("nothing is swept that has its job, or needs none", async () => {
  const request = await askedAndTold();
  const before = await jobs();
  await passMinutes(4);
  await runner.lookAfter();
  expect(await jobs()).toBe(before);
  await runner.deliverAll();
  expect(decided(request).length).toBeGreaterThan(0);
});

it("what was lost is found by an index", async () => {
  const { rows } = await s.owner.query(
    `select indexdef from pg_indexes where tablename = 'notice_deliveries' and indexdef like '%shown < wanted%'`,
  );
  expect(rows).toHaveLength(1);
});
