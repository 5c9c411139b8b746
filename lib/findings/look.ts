import type { Transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Policy } from "#lib/policy/policy.ts";
import type { DetectorRule, Facts } from "./facts.ts";
import { type KnownFindings, loadKnown } from "./known.ts";
import { type LoadedFacts, loadFacts } from "./load-facts.ts";
import { raise } from "./raise.ts";
import type { Read } from "./read-on.ts";

export type Looked = { findings: number; faults: { rule: DetectorRule; error: unknown }[] };

type People = Map<string, { name: string; zone: string }>;
type Seen = { facts: Facts; people: People; known: KnownFindings };

/** Lets each detector look at what was read. What fails undoes itself alone, by a savepoint, and is given back. */
export async function look(
  tx: Transaction,
  ctx: Ctx,
  read: Read,
  policy: Policy,
  rules: readonly DetectorRule[],
): Promise<Looked> {
  const seen = await alone(() => tx.transaction((inner) => see(inner, read, policy)));
  if (!seen.ok) return { findings: 0, faults: rules.map((rule) => ({ rule, error: seen.error })) };
  const looked: Looked = { findings: 0, faults: [] };
  for (const rule of rules) {
    const done = await alone(() => lookWith(tx, ctx, rule, seen.value, policy));
    if (done.ok) looked.findings += done.value;
    else looked.faults.push({ rule, error: done.error });
  }
  return looked;
}

type Attempt<T> = { ok: true; value: T } | { ok: false; error: unknown };

async function alone<T>(run: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { ok: true, value: await run() };
  } catch (error) {
    return { ok: false, error };
  }
}

async function see(tx: Transaction, read: Read, policy: Policy): Promise<Seen> {
  const loaded = await loadFacts(tx, read, policy);
  const people = await loadPeople(tx, loaded);
  const known = await loadKnown(tx, [...people.keys()], earliest(loaded));
  const zoneOf = (id: string) => people.get(id)?.zone ?? "UTC";
  return { facts: { ...loaded, zoneOf, isDisposed: known.isDisposed }, people, known };
}

async function lookWith(
  tx: Transaction,
  ctx: Ctx,
  rule: DetectorRule,
  { facts, people, known }: Seen,
  { findings, workingHours }: Policy,
): Promise<number> {
  const all = rule.find(facts, { ...findings, workingHours });
  if (all.length === 0) return 0;
  return tx.transaction(async (inner) => {
    let raised = 0;
    for (const found of all) {
      const person = people.get(found.actorId);
      if (!person) throw new Error("A finding is about somebody who is not on the staff");
      const about = { ...person, dueDays: findings.dueDays };
      raised += Number(await raise(inner, ctx, rule, found, known, about));
    }
    return raised;
  });
}

const selectPeople = preparedStatement<{ id: string; name: string; zone: string }>(
  "findings_people",
  "select id, name, zone from staff where id = any($1::uuid[])",
);

/** Whom the facts are about: actors, and those who approved. */
async function loadPeople(tx: Transaction, facts: LoadedFacts): Promise<People> {
  const ids = new Set([
    ...[
      ...facts.starts,
      ...facts.broken,
      ...facts.underTickets,
      ...facts.writings,
      ...facts.refusals,
    ].map(({ actorId }) => actorId),
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
