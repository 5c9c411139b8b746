import http from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { PgBoss } from "pg-boss";
import { restingTriggers } from "#db/resting-triggers.ts";
import { hire } from "#db/testing/people.ts";
import { inTransaction } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { openRunner, type Runner } from "#lib/notices/run.ts";
import { addHook, choose, hookSecret, hookServer, type Received } from "#lib/notices/testing.ts";
import { webhookChannel } from "#lib/notices/webhook.ts";
import { keepTelling } from "#lib/platform/notices-loop.ts";
import { ask } from "#lib/requests/ask.ts";
import type { Bench, BenchDatabase } from "./bench.ts";
import { compared, figure } from "./figure.ts";
import { interleaved, quantile, throughput } from "./measure.ts";
import { ctxOf, newPairs, type Pair } from "./people.ts";

const key = "a secret of thirty-two characters";
/** Asks of one agent: below what the limit of requests lets one person ask at once. */
const perAgent = 25;

/** Notices: how fast they are delivered against bare pg-boss, and how long a request takes to its approvers. */
export const notices: Bench = {
  name: "notices",
  about:
    "500 requests with three approvers each, from the outbox to a receiver of webhooks on loopback (which verifies each signature after the clock has stopped), against as many jobs of bare pg-boss whose handlers post as much to the same receiver; and from the call of the verb `ask`, 20 a second, to the receiver, with the worker's own loop.",
  async *run(ctx) {
    const [requests, rounds, paced] = ctx.size === "full" ? [500, 5, 400] : [10, 1, 10];
    const database = await ctx.database();
    const hooks = await hookServer(hookSecret, { verifiesLater: true });
    const { db, runner, close } = await worker(database);
    try {
      await approvers(database, hooks.url);
      const messages = requests * 3;
      const until = async (count: number) => {
        const from = Date.now();
        while (hooks.posted < count && Date.now() - from < patience) await delay(1);
        hooks.verify();
        const keys = new Set(hooks.received.map(({ id }) => id));
        if (keys.size !== count || hooks.forged.length > 0)
          throw new Error(`${keys.size} of ${count} arrived, ${hooks.forged.length} forged`);
      };
      const rates = await interleaved(rounds, {
        ours: async () => {
          await askFor(database, await someAgents(database, requests), requests);
          hooks.posted = 0;
          hooks.received.length = 0;
          const measured = await rate(messages, async () => {
            await runner.tell(() => runner.begin(fail));
            await runner.deliverAll();
            await runner.idle();
            await late(hooks, messages, runner);
          });
          await until(messages);
          return measured;
        },
        bare: async () => {
          hooks.posted = 0;
          return rate(messages, async () => {
            await bareBoss(runner.boss, messages, hooks.url);
            if (hooks.posted < messages) throw new Error("Some were not posted");
          });
        },
      });
      yield compared(
        `${requests} requests, three approvers each: notices delivered`,
        "/s",
        rates.ours,
        rates.bare,
        { atLeast: 0.6 },
      );

      hooks.received.length = 0;
      hooks.posted = 0;
      const loop = keepTelling(fail, async () =>
        openRunner({ ctx: workerCtx(db), channels: channelsOf(db), url }),
      );
      const asked = await pacedAsks(database, paced, 20);
      await until(paced * 3);
      await loop.stop();
      const took = hooks.received.map((one) => one.at - (asked.get(requestOf(one)) ?? Number.NaN));
      for (const [name, share] of [
        ["median", 0.5],
        ["p95", 0.95],
        ["longest", 1],
      ] as const)
        yield figure(
          `request to received notice at 20 requests/s, ${name}`,
          "ms",
          quantile(took, share),
          {
            ...(name === "p95" ? { target: { atMost: 5000 } } : {}),
          },
        );
    } finally {
      await close();
      await hooks.close();
    }
  },
};

/** Milliseconds in which whatever failed once has long been tried again. */
const patience = 60_000;

/** A post that failed, such as by a connection that was closed as it was used, is a job for later: it counts when it came. */
async function late(hooks: { posted: number }, count: number, runner: Runner): Promise<void> {
  const from = Date.now();
  while (hooks.posted < count && Date.now() - from < patience) {
    await delay(200);
    await runner.deliverAll();
  }
}

const fail = (fault: unknown) => {
  throw fault;
};
const url = "https://alongside.bench.test";
const requestOf = ({ data }: Received) => String(data.requestId);

const workerCtx = (db: Ctx["db"]): Ctx => ({
  db,
  actor: { kind: "system", part: "worker" },
  ip: null,
  userAgent: null,
  requestId: newId(),
});

const channelsOf = (db: Ctx["db"]) => ({
  webhook: webhookChannel({ db, secret: key, allowed: "private" as const }),
});

async function worker({ db }: BenchDatabase) {
  const channels = channelsOf(db);
  const runner: Runner = await openRunner({ ctx: workerCtx(db), channels, url });
  const close = async () => {
    await runner.stop();
    channels.webhook.close();
  };
  return { db, runner, close };
}

/** Three managers at work, who chose the webhook alone. */
async function approvers({ owner }: BenchDatabase, address: string): Promise<void> {
  const admin = await hire(owner, `admin-${newId()}`, ["admin"]);
  await inTransaction(owner, (sql) => addHook(sql, admin, { address, key }));
  for (const n of [1, 2, 3]) {
    const id = await hire(owner, `manager-${n}`, ["manager"]);
    await insert(owner, "staff_sign_ins", { id: newId(), staff_id: id });
    await inTransaction(owner, (sql) => choose(sql, id, "webhook", true));
  }
}

/** Agents and enterprise customers enough for so many asks that want an approval. */
async function someAgents({ owner }: BenchDatabase, asks: number): Promise<Pair[]> {
  const pairs = await newPairs(owner, Math.ceil(asks / perAgent));
  await inTransaction(owner, (sql) =>
    restingTriggers(sql, "accounts", () =>
      sql.query("update accounts set tier = 'enterprise' where id = any($1)", [
        pairs.map(({ subject }) => subject.account),
      ]),
    ),
  );
  return pairs;
}

async function askOnce(database: BenchDatabase, pairs: readonly Pair[], n: number) {
  const pair = pairs[n % pairs.length];
  if (!pair) throw new Error("There is nobody to ask");
  const result = await ask(ctxOf(database, pair.actor), {
    subjectId: pair.subject.id,
    reasonCategory: "configuration_check",
    reason: "The reminders go out on the wrong day.",
    callerCheck: "call_back",
    scope: "read",
    minutes: 30,
  });
  if (!result.ok || result.value.status !== "pending") throw new Error("It was not asked");
  return result.value.id;
}

const askFor = (database: BenchDatabase, pairs: readonly Pair[], count: number) =>
  throughput(8, count, (n) => askOnce(database, pairs, n));

/** Asks at an even pace; gives when each was begun. */
async function pacedAsks(database: BenchDatabase, count: number, perSecond: number) {
  const pairs = await someAgents(database, count);
  const begun = new Map<string, number>();
  const from = Date.now();
  const all: Promise<void>[] = [];
  for (let n = 0; n < count; n += 1) {
    await delay(Math.max(0, from + (n * 1000) / perSecond - Date.now()));
    const at = Date.now();
    all.push(askOnce(database, pairs, n).then((id) => void begun.set(id, at)));
  }
  await Promise.all(all);
  return begun;
}

async function rate(count: number, run: () => Promise<void>): Promise<number> {
  const from = performance.now();
  await run();
  return (count * 1000) / (performance.now() - from);
}

/** As fast as pg-boss goes: one insert, four that fetch as many as ours do, a post each, one statement that completes them. */
async function bareBoss(boss: PgBoss, count: number, address: string): Promise<void> {
  const queue = "notice-slack";
  const agent = new http.Agent({ keepAlive: true });
  const body = JSON.stringify({ type: "bare", text: "x".repeat(1_200) });
  await boss.insert(
    queue,
    Array.from({ length: count }, () => ({ data: { id: newId() } })),
  );
  const lane = async () => {
    for (;;) {
      const jobs = await boss.fetch(queue, { batchSize: 50 });
      if (jobs.length === 0) return;
      await Promise.all(jobs.map(() => post(`${address}?bare`, body, agent)));
      await boss.complete(queue, jobs);
    }
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
  agent.destroy();
}

function post(address: string, body: string, agent: http.Agent): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  http
    .request(address, { method: "POST", agent, headers }, (answer) => {
      answer.resume();
      answer.on("end", resolve);
    })
    .on("error", reject)
    .end(body);
  return promise;
}
