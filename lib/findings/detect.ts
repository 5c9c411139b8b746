import { type Transaction, transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { detectorRules } from "./detector-rules.ts";
import type { Facts } from "./facts.ts";
import { loadKnown } from "./known.ts";
import { type LoadedFacts, loadFacts } from "./load-facts.ts";
import { raise } from "./raise.ts";
import { readNext } from "./read-on.ts";

export type Detected = { read: number; findings: number };

/**
 * The worker's part: reads the log on, each entry once, and raises what is unusual in the transaction that read it. At
 * most so many batches in a round, so that the other parts have their turn; another worker that is at it is left to it.
 */
export async function detect(ctx: Ctx, batch = 5000, rounds = 40): Promise<Detected> {
  const all: Detected = { read: 0, findings: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const done = await transaction(ctx.db, (tx) => detectNext(tx, ctx, batch));
    all.read += done.read;
    all.findings += done.findings;
    if (done.read < batch) break;
  }
  return all;
}

const none: Detected = { read: 0, findings: 0 };

async function detectNext(tx: Transaction, ctx: Ctx, batch: number): Promise<Detected> {
  const [turn] = await takeTurn(tx);
  if (!turn?.taken) return none;
  const read = await readNext(tx, batch);
  const { started, ended, written, approved, refused } = read;
  if (started.length + ended.length + written.length + approved.length + refused.length === 0)
    return { read: read.read, findings: 0 };

  const policy = await currentPolicy(tx);
  const loaded = await loadFacts(tx, read, policy);
  const people = await loadPeople(tx, loaded);
  const known = await loadKnown(tx, [...people.keys()], earliest(loaded));
  const facts: Facts = {
    ...loaded,
    zoneOf: (id) => people.get(id)?.zone ?? "UTC",
    isDisposed: known.isDisposed,
  };
  let findings = 0;
  for (const rule of detectorRules)
    for (const found of rule.find(facts, {
      ...policy.findings,
      workingHours: policy.workingHours,
    })) {
      const person = people.get(found.actorId);
      if (!person) throw new Error("A finding is about somebody who is not on the staff");
      const about = { ...person, dueDays: policy.findings.dueDays };
      findings += Number(await raise(tx, ctx, rule, found, known, about));
    }
  return { read: read.read, findings };
}

const takeTurn = preparedStatement<{ taken: boolean }>(
  "findings_turn",
  "select pg_try_advisory_xact_lock(hashtextextended('findings', 0)) as taken",
);

const selectPeople = preparedStatement<{ id: string; name: string; zone: string }>(
  "findings_people",
  "select id, name, zone from staff where id = any($1::uuid[])",
);

/** Whom the facts are about: actors, and those who approved. */
async function loadPeople(tx: Transaction, facts: LoadedFacts) {
  const ids = new Set([
    ...[...facts.starts, ...facts.writings, ...facts.refusals].map(({ actorId }) => actorId),
    ...facts.votes.map(({ approverId }) => approverId),
    ...facts.pairs.map(({ actorId }) => actorId),
  ]);
  const rows = ids.size === 0 ? [] : await selectPeople(tx, [...ids]);
  return new Map(rows.map(({ id, ...person }) => [id, person]));
}

/** The first moment that any of it is about; what was disposed of long before counts for nothing here. */
const earliest = ({ starts, around, writings, refusals, votes, pairs }: LoadedFacts): number =>
  [...starts, ...around, ...writings, ...refusals, ...votes, ...pairs.flatMap((pair) => pair.votes)]
    .map(({ at }) => at)
    .reduce((a, b) => Math.min(a, b), Date.now());
