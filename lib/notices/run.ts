import type { Job, PgBoss } from "pg-boss";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Channels } from "./channels.ts";
import { deliver, type Outcome } from "./deliver.ts";
import { type JobData, type OutName, openBoss, queueOf } from "./queue.ts";
import { type Settled, settleAll } from "./settle.ts";
import { closeAskedLinks } from "./slack/link/close.ts";
import { sweep } from "./sweep.ts";
import { tell, tellAlone } from "./tell.ts";

export type Running = {
  ctx: Ctx;
  channels: Channels;
  /** Where the panel is: links lead there. */
  url: string;
  patienceMs?: number;
};

/** Copies that are sent at once by one lane. Few of mail, which wait for each other in the server's few connections. */
const perLane: Record<OutName, number> = { mail: 5, slack: 10, webhook: 50 };
/** Of one channel: a slow receiver holds up its lane at most. */
const lanes = 4;
/** Entries that are told of in one transaction. */
const perTelling = 100;
/** Milliseconds that what became of a copy waits for its neighbours, to be written down with them. */
const together = 30;

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

  /**
   * Empties the outbox; `onTold` after each part of it. Gives how many entries were told of.
   * @throws what went wrong with an entry that cannot be told of, once all others were.
   */
  async tell(onTold: () => void = () => {}): Promise<number> {
    const { ctx, channels } = this.#running;
    const teller = { db: ctx.db, boss: this.boss, channels };
    let all = 0;
    for (;;) {
      const told = await tell(teller, perTelling).catch(async (fault: unknown) => {
        const alone = await tellAlone(teller, perTelling);
        if (alone.told === 0) throw alone.faults[0] ?? fault;
        return alone.told;
      });
      all += told;
      if (told === 0) return all;
      onTold();
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

  /** In one lane, or as soon as that is full, in all. */
  async deliver(name: OutName, others = lanes - 1): Promise<void> {
    let beside: Promise<void>[] = [];
    for (;;) {
      const jobs = await this.boss.fetch<JobData>(queueOf(name), { batchSize: perLane[name] });
      const isFull = jobs.length === perLane[name];
      if (isFull && beside.length === 0)
        beside = Array.from({ length: others }, () => this.deliver(name, 0));
      if (jobs.length > 0) await this.#send(name, jobs);
      if (!isFull) break;
    }
    await Promise.all(beside);
  }

  async #send(name: OutName, jobs: Job<JobData>[]): Promise<void> {
    const { ctx, channels, url, patienceMs } = this.#running;
    const gather = gatherer(jobs.length, (settled: Settled[]) =>
      settleAll(ctx, this.boss, name, settled),
    );
    const ended = new Set<Job<JobData>>();
    const settle = async (outcome: Outcome) => {
      const job = jobs.find(({ data }) => data.id === outcome.copy.id);
      if (job) ended.add(job);
      if (job) await gather({ job, outcome });
    };
    const deps = { db: ctx.db, channels, url, ...(patienceMs ? { patienceMs } : {}) };
    try {
      await deliver(
        deps,
        jobs.map(({ data }) => data.id),
        settle,
      );
    } catch (fault) {
      // What fails by itself must keep no other from arriving: each of the rest once more, alone.
      const rest = jobs.filter((job) => !ended.has(job));
      if (jobs.length > 1) for (const job of rest) await this.#send(name, [job]).catch(() => {});
      throw fault;
    }
    // Of a copy that is gone, or that came twice: nothing is left to do.
    const rest = jobs.filter((job) => !ended.has(job));
    await Promise.all(rest.map((job) => gather({ job, outcome: null })));
  }

  /** Takes up what a worker that was killed left, copies whose job is lost, and buttons that lead nowhere any more. */
  async lookAfter(): Promise<void> {
    const { ctx, channels } = this.#running;
    for (const name of this.#names()) await this.boss.supervise(queueOf(name));
    await sweep(ctx.db, this.boss);
    if (channels.slack) await closeAskedLinks(ctx.db, channels.slack);
  }

  /** Done when nothing is under way any more. */
  async idle(): Promise<void> {
    await Promise.all(this.#busy.values());
  }

  /** Waits for what is under way, at most as long as a receiver is waited for. */
  async stop(): Promise<void> {
    await this.idle();
    await this.boss.stop({ graceful: false });
  }

  #names(): OutName[] {
    const names: OutName[] = ["mail", "slack", "webhook"];
    return names.filter((name) => this.#running.channels[name]);
  }
}

/**
 * Gives one call to those of `all` that come soon after each other; each is done when its own was. The last of all waits for
 * nobody.
 */
function gatherer<T>(all: number, run: (many: T[]) => Promise<void>): (one: T) => Promise<void> {
  let left = all;
  let waiting: { many: T[]; done: PromiseWithResolvers<void>; timer: NodeJS.Timeout } | null = null;
  const go = () => {
    if (!waiting) return;
    const { many, done, timer } = waiting;
    waiting = null;
    clearTimeout(timer);
    run(many).then(done.resolve, done.reject);
  };
  return (one) => {
    left -= 1;
    waiting ??= {
      many: [],
      done: Promise.withResolvers<void>(),
      timer: setTimeout(go, together),
    };
    waiting.many.push(one);
    const { promise } = waiting.done;
    if (left === 0) go();
    return promise;
  };
}
