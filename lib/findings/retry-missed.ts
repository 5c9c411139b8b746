import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Transaction, transaction } from "#db/client.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { detectors } from "#lib/vocabulary.ts";
import type { DetectorRule } from "./facts.ts";
import { look } from "./look.ts";
import { halvesOf, keepMissed, missedRead } from "./missed.ts";
import { takeTurn } from "./turn.ts";

/** In a round, so that the other parts of the worker have their turn. */
const mostPieces = 40;

/** What was raised, and the faults of detectors: what they missed is kept. */
export type Again = { findings: number; faults: unknown[] };

/**
 * Looks again at what detectors missed. What fails once more is halved, so that all but what cannot be looked at is soon
 * looked at; that is tried ever more seldom, once a day in the end, and never given up.
 */
export async function retryMissed(ctx: Ctx, rules: readonly DetectorRule[]): Promise<Again> {
  const all: Again = { findings: 0, faults: [] };
  for (let piece = 0; piece < mostPieces; piece += 1) {
    const done = await transaction(ctx.db, (tx) => retryNext(tx, ctx, rules));
    if (!done) break;
    all.findings += done.findings;
    all.faults.push(...done.faults);
  }
  return all;
}

const row = z.object({ id: z.guid(), detector: z.enum(detectors), read: missedRead });

async function retryNext(
  tx: Transaction,
  ctx: Ctx,
  rules: readonly DetectorRule[],
): Promise<Again | null> {
  // First, so that what another worker has just settled is seen to be.
  if (!(await takeTurn(tx))) return null;
  const names = sql.join(
    rules.map(({ name }) => sql`${name}`),
    sql`, `,
  );
  const { rows } = await tx.execute(sql`
    select id, detector, read from findings_missed
    where settled_at is null and next_try_at <= clock_timestamp() and detector in (${names})
    order by next_try_at, id limit 1`);
  const [due] = rows.map((one) => row.parse(one));
  const rule = rules.find(({ name }) => name === due?.detector);
  if (!due || !rule) return null;
  const { findings, faults } = await look(tx, ctx, due.read, await currentPolicy(tx), [rule]);
  const halves = faults.length > 0 ? halvesOf(due.read) : null;
  for (const half of halves ?? []) await keepMissed(tx, rule, half);
  await (faults.length === 0 || halves ? settle(tx, due.id) : waitLonger(tx, due.id));
  return { findings, faults: faults.map(({ error }) => error) };
}

const settle = (tx: Transaction, id: string) =>
  tx.execute(sql`update findings_missed set settled_at = clock_timestamp() where id = ${id}`);

const waitLonger = (tx: Transaction, id: string) =>
  tx.execute(sql`update findings_missed set tries = tries + 1, next_try_at = clock_timestamp()
    + make_interval(mins => least(power(2, least(tries, 12)), 1440)::integer) where id = ${id}`);
