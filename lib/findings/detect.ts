import { type Transaction, transaction } from "#db/client.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { detectorRules } from "./detector-rules.ts";
import type { DetectorRule } from "./facts.ts";
import { look } from "./look.ts";
import { keepMissed } from "./missed.ts";
import { isNothing, readNext } from "./read-on.ts";
import { type Again, retryMissed } from "./retry-missed.ts";
import { takeTurn } from "./turn.ts";

/** What was read and raised, and the faults of detectors. */
export type Detected = { read: number } & Again;

/**
 * The worker's part: reads the log on, each entry once, and raises what is unusual in the transaction that read it. At
 * most so many batches in a round, so that the other parts have their turn; another worker that is at it is left to it.
 * A fault in a detector is that detector's alone: what it missed is kept, and tried again here.
 */
export async function detect(
  ctx: Ctx,
  batch = 5000,
  rounds = 40,
  rules: readonly DetectorRule[] = detectorRules,
): Promise<Detected> {
  const all: Detected = { read: 0, findings: 0, faults: [] };
  for (let round = 0; round < rounds; round += 1) {
    const done = await transaction(ctx.db, (tx) => detectNext(tx, ctx, batch, rules));
    all.read += done.read;
    all.findings += done.findings;
    all.faults.push(...done.faults);
    if (done.read < batch) break;
  }
  const again = await retryMissed(ctx, rules);
  all.findings += again.findings;
  all.faults.push(...again.faults);
  return all;
}

const none: Detected = { read: 0, findings: 0, faults: [] };

async function detectNext(
  tx: Transaction,
  ctx: Ctx,
  batch: number,
  rules: readonly DetectorRule[],
): Promise<Detected> {
  if (!(await takeTurn(tx))) return none;
  const { read, days } = await readNext(tx, batch);
  const all: Detected = { read, findings: 0, faults: [] };
  const policy = await currentPolicy(tx);
  for (const day of days.filter((one) => !isNothing(one))) {
    const { findings, faults } = await look(tx, ctx, day, policy, rules);
    for (const { rule } of faults) await keepMissed(tx, rule, day);
    all.findings += findings;
    all.faults.push(...faults.map(({ error }) => error));
  }
  return all;
}
