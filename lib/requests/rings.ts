import type { Transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import { type Entry, entryRow, writeEntries } from "#lib/audit/record.ts";
import type { Actor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { requestNumber } from "#lib/kernel/ids.ts";
import type { Policy } from "#lib/policy/policy.ts";
import type { ReasonCategory } from "#lib/vocabulary.ts";
import { readCandidates } from "./candidates.ts";
import {
  type Candidate,
  type Requirement,
  type RingState,
  type Rung,
  ringsDue,
} from "./ring-rules.ts";

/**
 * Rings what is due of a pending request (`ringsDue`), in the caller's transaction, each ring with its entry: the first as it is
 * asked, the later ones by the worker. The caller holds the request, or has just made it. Gives who was asked now.
 */
export async function ring(
  tx: Transaction,
  ctx: Ctx,
  requestId: string,
  policy: Policy,
): Promise<string[]> {
  const [request] = await readRinging(tx, requestId);
  if (!request) return [];
  const state: RingState = {
    rung: request.rung,
    nobody: request.nobody,
    askedAt: new Date(request.askedAt),
    at: new Date(request.at),
  };
  const wanted = requirementsOf(request);
  const found = await readCandidates(tx, request.id, policy.rings);
  const plan = await heldPlan(tx, request.id, found, (candidates) =>
    ringsDue(state, candidates, wanted, policy.rings),
  );

  const { fallback } = policy.rings;
  const by: Ctx<Actor> =
    ctx.actor.kind === "system" ? ctx : { ...ctx, actor: { kind: "system", part: "policy" } };
  const write = async (event: "request.rang" | "request.no_approver", body: Entry["body"]) => {
    const row = entryRow(by, {
      event,
      actorId: request.actorId,
      accountId: request.accountId,
      subjectId: request.subjectId,
      requestId: request.id,
      body,
      index: { ticket: request.ticket, reasonCategory: request.reasonCategory },
    });
    await writeEntries(tx, [row]);
    return row.id;
  };

  let entryId: string | null = null;
  const asked: string[] = [];
  for (const { ring: n, asked: people } of plan.rings) {
    const ids = people.map(({ id }) => id);
    const names = people.map(({ name }) => name);
    entryId = await write("request.rang", {
      what: `${requestNumber(request.number)}: ${ringWords(n, names, fallback.name)}`,
      ring: n,
      asked: ids,
      names,
      ...(n === 3 ? { fallback: { name: fallback.name, contact: fallback.contact } } : {}),
    });
    await insertAsks(tx, request.id, ids, n, entryId);
    asked.push(...ids);
  }
  if (plan.tellNobody)
    entryId = await write("request.no_approver", {
      what: `${requestNumber(request.number)}: nobody may decide on it now. Turn to ${fallback.name}`,
      fallback: { name: fallback.name, contact: fallback.contact },
    });
  const kept = [request.id, plan.rung, plan.nextAt, plan.nobody];
  if (entryId) await keepRung(tx, ...kept, entryId);
  else await lookLater(tx, ...kept);
  return asked;
}

/** What its votes must meet; without rules so many managers as the policy wants. */
export const requirementsOf = (request: {
  requirements: readonly Requirement[];
  approvalsNeeded: number;
}): readonly Requirement[] =>
  request.requirements.length > 0
    ? request.requirements
    : [{ by: "manager", votes: Math.max(1, request.approvalsNeeded) }];

type Ringing = {
  id: string;
  number: number;
  actorId: string;
  accountId: string;
  subjectId: string;
  ticket: string | null;
  reasonCategory: ReasonCategory;
  requirements: Requirement[];
  approvalsNeeded: number;
  askedAt: string;
  at: string;
  rung: Rung;
  nobody: boolean;
};
const readRinging = preparedStatement<Ringing>(
  "ringing",
  `select r.id, r.number, r.actor_id as "actorId", r.account_id as "accountId", r.subject_id as "subjectId", r.ticket,
      r.reason_category as "reasonCategory", r.requirements, r.approvals_needed as "approvalsNeeded",
      r.created_at as "askedAt", clock_timestamp() as at, coalesce(g.rung, 0) as rung, coalesce(g.nobody, false) as nobody
    from requests r left join request_rings g on g.request_id = r.id
    where r.id = $1::uuid and r.status = 'pending'`,
);

/** A plan in which everybody who is asked is held still, and may decide: who leaves at this very moment is left out. */
async function heldPlan(
  tx: Transaction,
  requestId: string,
  found: Candidate[],
  plan: (candidates: Candidate[]) => ReturnType<typeof ringsDue>,
) {
  const held = new Set<string>();
  let candidates = found;
  for (;;) {
    const planned = plan(candidates);
    const chosen = planned.rings.flatMap(({ asked }) => asked.map(({ id }) => id));
    const loose = chosen.filter((id) => !held.has(id));
    if (loose.length === 0) return planned;
    const locked = (await lock(tx, loose)).map(({ id }) => id);
    for (const { id } of await still(tx, requestId, locked)) held.add(id);
    candidates = candidates.filter(({ id }) => !loose.includes(id) || held.has(id));
  }
}

// Not waited for: who changes a person's place may be waiting for this request.
const lock = preparedStatement<{ id: string }>(
  "ring_hold",
  "select id from staff where id = any($1::uuid[]) order by id for share skip locked",
);
const still = preparedStatement<{ id: string }>(
  "ring_still",
  "select id from unnest($2::uuid[]) as t(id) where may_vote($1::uuid, id)",
);

const insertAsks = preparedStatement(
  "ring_asks",
  `insert into request_asks (request_id, approver_id, ring, entry_id)
     select $1::uuid, id, $3::smallint, $4::uuid from unnest($2::uuid[]) as t(id)`,
);

const keepRung = preparedStatement(
  "ring_rung",
  `insert into request_rings (request_id, rung, next_at, nobody, entry_id)
     values ($1::uuid, $2::smallint, $3::timestamptz, $4::boolean, $5::uuid)
     on conflict (request_id) do update set rung = excluded.rung, next_at = excluded.next_at, nobody = excluded.nobody,
       entry_id = excluded.entry_id`,
);
const lookLater = preparedStatement(
  "ring_later",
  `update request_rings set rung = $2::smallint, next_at = $3::timestamptz, nobody = $4::boolean
     where request_id = $1::uuid`,
);

function ringWords(ring: 1 | 2 | 3, names: string[], fallback: string): string {
  const whom = new Intl.ListFormat("en").format(names);
  switch (ring) {
    case 1:
      return `asked ${whom}, at work now`;
    case 2:
      return `asked ${whom}`;
    case 3:
      return whom
        ? `asked ${whom}, and named ${fallback} to turn to`
        : `named ${fallback} to turn to`;
  }
}
