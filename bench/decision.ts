import { randomBytes } from "node:crypto";
import type pg from "pg";
import type { StaffActor } from "#lib/kernel/actor.ts";
import { newId } from "#lib/kernel/ids.ts";
import { approve } from "#lib/requests/vote.ts";
import type { Bench } from "./bench.ts";
import { compared } from "./figure.ts";
import { interleaved, throughput } from "./measure.ts";
import { ctxOf, newPairs, type Pair } from "./people.ts";

const clientCounts = [8, 32];

/**
 * One manager's yes that grants a request for a regulated account, as the decision card gives it, against one statement that
 * writes the same rows: a vote, the request's new state, an entry with payload and index. The statement meets the same
 * keys, checks, indexes and audit triggers; but not the guards of requests and approvals, which ask whose vote counts, so
 * the limit does less than we must.
 */
export const decision: Bench = {
  name: "decision",
  about:
    "Decisions a second (the verb `approve`, in process) against one statement that writes the same rows without the guards.",
  async *run(ctx) {
    const database = await ctx.database();
    const { owner } = database;
    const { rounds, total } =
      ctx.size === "full" ? { rounds: 9, total: 160 } : { rounds: 1, total: 16 };
    const managers = await newManagers(owner, 32);
    for (const clients of clientCounts) {
      const waiting = await newRequests(owner, (rounds + 1) * total * 2);
      let turn = 0;
      const next = () => {
        const request = waiting.pop();
        const manager = managers[turn++ % managers.length];
        if (!request || !manager) throw new Error("There are too few requests");
        return { ...request, manager };
      };
      const { decided, written } = await interleaved(rounds, {
        decided: () =>
          throughput(clients, total, async () => {
            const { requestId, ask, manager } = next();
            const result = await approve(ctxOf(database, manager), { requestId, ask, minutes: 30 });
            if (!result.ok || result.value.status !== "granted") throw new Error("Not granted");
          }),
        written: async () => {
          await guards(owner, "disable trigger");
          const rate = await throughput(clients, total, () => writeRows(database.runtime, next()));
          await guards(owner, "enable always trigger");
          return rate;
        },
      });
      yield compared(
        `a decision (vote, state, entry), ${clients} clients`,
        "/s",
        decided,
        written,
        {
          atLeast: 0.75,
        },
      );
    }
    const [request] = await newRequests(owner, 1);
    const [manager] = managers;
    if (!request || !manager) return;
    await guards(owner, "disable trigger");
    await ctx.explain("decision-limit", owner, statement, valuesOf({ ...request, manager }));
    await guards(owner, "enable always trigger");
  },
};

type Waiting = Pair & { requestId: string; ask: string };
type Decided = Waiting & { manager: StaffActor };

async function newManagers(owner: pg.Pool, count: number): Promise<StaffActor[]> {
  const people = (await newPairs(owner, count)).map(({ actor }) => actor);
  await owner.query(
    `insert into staff_roles (id, staff_id, role, granted_at)
       select gen_random_uuid(), id, 'manager', now() - interval '1 day' from unnest($1::uuid[]) id`,
    [people.map(({ id }) => id)],
  );
  return people.map((person) => ({ ...person, roles: ["agent", "manager"] }));
}

/** Requests that wait, each of another agent for another customer, with the entries of their asking. */
async function newRequests(owner: pg.Pool, count: number): Promise<Waiting[]> {
  const pairs = await newPairs(owner, count);
  await owner.query("update accounts set tier = 'regulated' where id = any($1)", [
    pairs.map(({ subject }) => subject.account),
  ]);
  const { rows } = await owner.query<{ id: string; ask: string }>(asking, [
    pairs.map(() => newId()),
    pairs.map(() => newId()),
    pairs.map(({ actor }) => actor.id),
    pairs.map(({ subject }) => subject.id),
    pairs.map(({ subject }) => subject.account),
    pairs[0]?.subject.product,
  ]);
  await owner.query("analyze requests, audit_entry");
  const asks = new Map(rows.map(({ id, ask }) => [id, ask]));
  return [...asks].map(([requestId, ask], i) => {
    const pair = pairs[i];
    if (!pair) throw new Error("There are more requests than people");
    return { ...pair, requestId, ask };
  });
}

const asking = `
with given as materialized (
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[]) with ordinality
    as t(id, entry_id, actor_id, subject_id, account_id, place)),
entry as (
  insert into audit_entry (id, event, account_id, actor_id, subject_id, request_id)
  select entry_id, 'request.asked', account_id, actor_id, subject_id, id from given returning id),
payload as (
  insert into audit_payload (entry_id, salt, body) select id, decode(repeat('00', 32), 'hex'), '{"what":"Asked"}' from entry)
insert into requests (id, actor_id, subject_id, account_id, product_id, scope, minutes, reason_category, lawful_basis, reason,
  caller_check, ticket, policy_version, approvals_needed, lapses_at, asked_entry_id)
select id, actor_id, subject_id, account_id, $6, 'read', 30, 'bug', 'contract', 'The reminders go out on the wrong day.',
  'call_back', 'SUP-4821', 14, 1, now() + interval '4 hours', entry_id from given order by place
returning id, encode(ask_hash, 'hex') as ask`;

async function guards(owner: pg.Pool, verb: "disable trigger" | "enable always trigger") {
  const triggers = {
    requests: ["guard_update", "entries"],
    approvals: ["guard_insert", "entries"],
  };
  for (const [table, of] of Object.entries(triggers))
    for (const trigger of of) await owner.query(`alter table ${table} ${verb} ${trigger}`);
}

const writeRows = (pool: pg.Pool, decided: Decided) =>
  pool.query({ name: "decision", text: statement, values: valuesOf(decided) });

/** What `approve` writes of such a decision, of the same length. */
const body = JSON.stringify({
  account: "Northwind",
  asked_by: "Agent",
  by: "Agent",
  by_kind: "staff",
  by_roles: ["agent", "manager"],
  by_team: "Support Europe",
  comment: null,
  ip: "127.0.0.1",
  minutes: 30,
  policy: 14,
  subject: "Jane Doe",
  user_agent: "bench",
  vote: "approve",
  what: "R-20601 of Agent, 30 min",
});

const valuesOf = ({ requestId, ask, subject, manager }: Decided): unknown[] => [
  newId(),
  requestId,
  manager.id,
  Buffer.from(ask, "hex"),
  newId(),
  subject.id,
  subject.account,
  randomBytes(32),
  body,
  manager.signInId,
];

const statement = `
with entry as (
  insert into audit_entry (id, event, account_id, actor_id, subject_id, request_id)
  values ($5, 'request.approved', $7, $3, $6, $2) returning id),
payload as (insert into audit_payload (entry_id, salt, body) select id, $8, $9 from entry),
index as (insert into audit_index (entry_id, ticket, reason_category) select id, 'SUP-4821', 'bug' from entry),
vote as (
  insert into approvals (id, request_id, approver_id, vote, minutes, ask_hash, policy_version, entry_id, sign_in_id)
  select $1, $2, $3, 'approve', 30, $4, 14, id, $10 from entry returning request_id)
update requests set status = 'granted', granted_at = now(), granted_minutes = 30, start_by = now() + interval '30 minutes',
  granted_entry_id = $5 from vote where requests.id = vote.request_id returning status`;
