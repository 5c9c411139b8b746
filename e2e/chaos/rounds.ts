import { setTimeout as delay } from "node:timers/promises";
import { ageSession } from "#db/testing/age.ts";
import { givingWay } from "#e2e/fixtures/databases.ts";
import { allRun, inflict, planFaults, wordsOf } from "./faults.ts";
import { brokenPromises } from "./invariants.ts";
import { agentWorks, managerWorks, type Round, signedIn } from "./people.ts";
import type { Random } from "./random.ts";
import type { ChaosStack } from "./stack.ts";
import { idleIn, type Log } from "./told.ts";

const agents = 4;
/** Milliseconds: how long work goes on after the last fault, and how long the stack may take to be well again. */
const afterwards = 1_500;
const recovery = 90_000;
/** Faults wait until everything was done once and an invoice changed, so that people are in the middle of everything. */
const warmth = 60_000;
/** The worker looks every 3 s. */
const workerRound = 30_000;

export type Outcome = { faults: string; broken: string[]; wellAfter: number };

/** People at work, faults among them, and then the questions. */
export async function round(stack: ChaosStack, random: Random, log: Log): Promise<Outcome> {
  let isOver = false;
  const before = log.told.length;
  const now: Round = { stack, random, log, isOver: () => isOver };
  const subjects = await subjectsOf(stack);
  const manager = await signedIn(now, "manager");
  const staff = await Promise.all(Array.from({ length: agents }, () => signedIn(now, "agent")));
  const work = Promise.all([
    managerWorks(manager),
    ...staff.map((agent) => agentWorks(agent, subjects)),
  ]);
  const isInFullSwing = async () =>
    log.told.slice(before).some(({ what }) => what === "wrote") && idleIn(log).length === 0;
  await until(isInFullSwing, warmth, "").catch(() => {});
  const faults = planFaults(random);
  const inflicted: Promise<void>[] = [];
  for (const fault of faults) {
    await delay(fault.after);
    inflicted.push(inflict(fault, stack.receiver));
  }
  await Promise.all(inflicted);
  const since = performance.now();
  await delay(afterwards);
  isOver = true;
  await work;
  await until(() => isWell(stack), recovery, "The stack does not get well again");
  const wellAfter = performance.now() - since;
  const overdue = await makeOneOverdue(stack);
  const broken = await brokenPromises(stack, log.told);
  if (overdue && !(await closesOverdue(stack)))
    broken.push(`live past its time, and not closed by the worker: ${overdue}`);
  return { faults: faults.map(wordsOf).join(", "), broken, wellAfter };
}

/** A standard account, where the policy starts at once, and some where a manager has to approve. */
async function subjectsOf({ owner }: ChaosStack): Promise<string[]> {
  const { rows } = await owner.query<{ id: string }>(
    `(select s.id from subjects s join accounts a on a.id = s.account_id
       where a.tier = 'standard' and a.stance = 'allowed' and not s.is_owner and not s.is_vip
         and s.status = 'active' and s.kind = 'person' order by s.external_id limit 4)
     union all
     (select s.id from subjects s join accounts a on a.id = s.account_id
       where a.tier <> 'standard' and a.stance = 'allowed' and s.status = 'active' and s.kind = 'person'
         and s.email not like '%@alongside.test' order by s.external_id limit 4)`,
  );
  return rows.map(({ id }) => id);
}

async function isWell({ panel, ledger, owner, books }: ChaosStack): Promise<boolean> {
  const answers = async (address: URL) =>
    (await fetch(address, { signal: AbortSignal.timeout(5_000) })).ok;
  await owner.query("select 1");
  await books.query("select 1");
  const isAnswering =
    (await answers(new URL("/api/health", panel))) && (await answers(new URL("/health", ledger)));
  return isAnswering && allRun();
}

/** Time runs out for one session that somebody left open. */
async function makeOneOverdue({ owner }: ChaosStack): Promise<string | null> {
  const { rows } = await owner.query<{ id: string }>(
    "select id from sessions where ended_at is null order by started_at limit 1",
  );
  const id = rows[0]?.id ?? null;
  if (id) await givingWay(() => ageSession(owner, id, "61 minutes"));
  return id;
}

async function closesOverdue({ owner }: ChaosStack): Promise<boolean> {
  const isClosed = async () => {
    const { rowCount } = await owner.query(
      `select from sessions where ended_at is null
         and clock_timestamp() >= least(expires_at, last_active_at + make_interval(mins => idle_minutes))`,
    );
    return rowCount === 0;
  };
  return until(isClosed, workerRound, "").then(
    () => true,
    () => false,
  );
}

async function until(isMet: () => Promise<boolean>, ms: number, otherwise: string): Promise<void> {
  for (const end = performance.now() + ms; performance.now() < end; await delay(200))
    if (await isMet().catch(() => false)) return;
  throw new Error(otherwise);
}
