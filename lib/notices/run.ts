import { sql } from "drizzle-orm";
import type { Job, PgBoss } from "pg-boss";
import { transaction } from "#db/client.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Channels } from "./channels.ts";
import { deliver, type Outcome } from "./deliver.ts";
import { enqueue, type JobData, type OutName, openBoss, queueOf } from "./queue.ts";
import { type Settled, settleAll } from "./settle.ts";
import { tell } from "./tell.ts";

export type Running = {
  ctx: Ctx;
  channels: Channels;
  /** Where the panel is: links lead there. */
  url: string;
  patienceMs?: number;
};

/** Copies that are sent at once by one lane; lanes of one channel. A slow receiver holds up its lane at most. */
const perLane = 25;
const lanes = 4;

export const openRunner = async (running: Running): Promise<Runner> =>
  new Runner(running, await openBoss(running.ctx.db));

/** What a worker does about notices: tells, and delivers. Any number of them may run at once. */
export class Runner {
  readonly #running: Running;
  readonly boss: PgBoss;
  /** Channels whose lanes are under way. */
  readonly #busy = new Map<OutName, Promise<void>>();

  constructor(running: Running, boss: PgBoss) {
    this.#running = running;
    this.boss = boss;
  }

  /** Empties the outbox. Gives how many entries were told of. */
  async tell(): Promise<number> {
    const { ctx, channels } = this.#running;
    let all = 0;
    for (;;) {
      const told = await tell({ db: ctx.db, boss: this.boss, channels });
      all += told;
      if (told === 0) return all;
    }
  }

  /** Delivers what is due by every channel, side by side, until nothing is. @throws what went wrong in any. */
  async deliverAll(): Promise<void> {
    await Promise.all(this.#names().map((name) => this.deliver(name)));
  }

  /** Begins to deliver where nobody is at it; gives a promise that never fails. */
  begin(onFault: (fault: unknown) => void): void {
    for (const name of this.#names()) {
      if (this.#busy.has(name)) continue;
      const run = this.deliver(name)
        .catch(onFault)
        .finally(() => this.#busy.delete(name));
      this.#busy.set(name, run);
    }
  }

  async deliver(name: OutName): Promise<void> {
    const more = await this.#batch(name);
    if (more) await Promise.all(Array.from({ length: lanes }, () => this.#lane(name)));
  }

  async #lane(name: OutName): Promise<void> {
    while (await this.#batch(name)) {}
  }

  /** Whether there may be more. */
  async #batch(name: OutName): Promise<boolean> {
    const { ctx, channels, url, patienceMs } = this.#running;
    const jobs = await this.boss.fetch<JobData>(queueOf(name), { batchSize: perLane });
    if (jobs.length === 0) return false;
    const gather = gatherer((settled: Settled[]) => settleAll(ctx, this.boss, name, settled));
    const ended = new Set<Job<JobData>>();
    const settle = async (outcome: Outcome) => {
      const job = jobs.find(({ data }) => data.id === outcome.copy.id);
      if (job) ended.add(job);
      if (job) await gather({ job, outcome });
    };
    const deps = { db: ctx.db, channels, url, ...(patienceMs ? { patienceMs } : {}) };
    await deliver(
      deps,
      jobs.map(({ data }) => data.id),
      settle,
    );
    // Of a copy that is gone, or that came twice: nothing is left to do.
    const rest = jobs.filter((job) => !ended.has(job));
    await Promise.all(rest.map((job) => gather({ job, outcome: null })));
    return jobs.length === perLane;
  }

  /** Takes up what a worker that was killed left, and copies that have no job, as after a restored backup. */
  async lookAfter(): Promise<void> {
    const { ctx } = this.#running;
    for (const name of this.#names()) await this.boss.supervise(queueOf(name));
    await transaction(ctx.db, async (tx) => {
      const { rows } = await tx.execute<{ id: string; channel: OutName }>(sql`
        update notice_deliveries set next_at = clock_timestamp() + interval '10 minutes' where id in (
          select d.id from notice_deliveries d where d.status = 'waiting'
            and d.next_at < clock_timestamp() - interval '3 minutes'
            and not exists (select from pgboss.job j where j.name = 'notice-' || d.channel
              and j.state in ('created', 'retry', 'active') and j.data ->> 'id' = d.id::text)
          limit 500 for update skip locked) returning id, channel`);
      for (const name of new Set(rows.map(({ channel }) => channel)))
        await enqueue(
          tx,
          this.boss,
          name,
          rows.filter(({ channel }) => channel === name),
        );
    });
  }

  /** Waits for what is under way, at most as long as a receiver is waited for. */
  async stop(): Promise<void> {
    await Promise.all(this.#busy.values());
    await this.boss.stop({ graceful: false });
  }

  #names(): OutName[] {
    const names: OutName[] = ["mail", "slack", "webhook"];
    return names.filter((name) => this.#running.channels[name]);
  }
}

/** Gives one call to those who come in the same moment; each is done when its own was. */
function gatherer<T>(run: (many: T[]) => Promise<void>): (one: T) => Promise<void> {
  let waiting: { many: T[]; done: Promise<void> } | null = null;
  return (one) => {
    if (!waiting) {
      const many: T[] = [];
      const done = new Promise<void>((resolve, reject) => {
        setImmediate(() => {
          waiting = null;
          run(many).then(resolve, reject);
        });
      });
      waiting = { many, done };
    }
    waiting.many.push(one);
    return waiting.done;
  };
}
