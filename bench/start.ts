import { randomBytes } from "node:crypto";
import type pg from "pg";
import { standIn } from "#lib/impersonation/stand-in.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Bench } from "./bench.ts";
import { compared } from "./figure.ts";
import { interleaved, throughput } from "./measure.ts";
import { ctxOf, newPairs, type Pair } from "./people.ts";

const clientCounts = [8, 32];

/**
 * Asking and starting in one transaction, as the start form does on a standard account, against one statement that
 * inserts the same rows: a request, a session, three entries with payload and index. The statement meets the same
 * keys, checks, indexes and audit triggers; but not the guards of requests and sessions, since no single statement
 * passes them (a request must be seen pending, then granted, then used). So the limit does less than we must.
 */
export const start: Bench = {
  name: "start",
  about:
    "Starts of sessions a second (the verb `standIn`, in process) against one statement that inserts the same rows without the guards.",
  async *run(ctx) {
    const database = await ctx.database();
    const { rounds, total } =
      ctx.size === "full" ? { rounds: 9, total: 160 } : { rounds: 1, total: 16 };
    for (const clients of clientCounts) {
      const pairs = await newPairs(database.owner, (rounds + 1) * total * 2);
      const next = () => {
        const pair = pairs.pop();
        if (!pair) throw new Error("There are too few people");
        return pair;
      };
      const { started, inserted } = await interleaved(rounds, {
        started: () =>
          throughput(clients, total, async () => {
            const { actor, subject } = next();
            const result = await standIn(ctxOf(database, actor), {
              ...ask,
              subjectId: subject.id,
            });
            if (!result.ok || result.value.kind !== "started") throw new Error("It did not start");
          }),
        inserted: async () => {
          await guards(database.owner, "disable trigger");
          const rate = await throughput(clients, total, () => insertRows(database.runtime, next()));
          await guards(database.owner, "enable always trigger");
          return rate;
        },
      });
      yield compared(`start of a session, ${clients} clients`, "/s", started, inserted, {
        atLeast: 0.75,
      });
    }
    const [pair] = await newPairs(database.owner, 1);
    if (!pair) return;
    await guards(database.owner, "disable trigger");
    await ctx.explain("start-limit", database.owner, statement, valuesOf(pair));
    await guards(database.owner, "enable always trigger");
  },
};

export const ask = {
  reasonCategory: "configuration_check",
  reason: "The reminders go out on the wrong day.",
  callerCheck: "call_back",
  scope: "read",
  minutes: 30,
} as const;

async function guards(owner: pg.Pool, verb: "disable trigger" | "enable always trigger") {
  const names = ["guard_insert", "guard_update", "entries"];
  const triggers = { requests: names, sessions: [...names, "guard_breadth"] };
  for (const [table, of] of Object.entries(triggers))
    for (const trigger of of) await owner.query(`alter table ${table} ${verb} ${trigger}`);
  await owner.query(`alter table sessions ${verb} guard_breadth`);
}

const insertRows = (pool: pg.Pool, pair: Pair) =>
  pool.query({ name: "start", text: statement, values: valuesOf(pair) });

/** What `standIn` writes of such a start, byte for byte of the same length. */
const body = JSON.stringify({
  account: "Northwind",
  by: "Agent",
  by_kind: "staff",
  by_roles: ["agent"],
  by_team: "Support Europe",
  caller_check: "call_back",
  ip: "127.0.0.1",
  lawful_basis: "contract",
  minutes: 30,
  policy: 14,
  reason: ask.reason,
  reason_category: ask.reasonCategory,
  scope: "read",
  subject: "Jane Doe",
  ticket: null,
  user_agent: "bench",
  what: "Asked to look as Jane Doe, 30 min",
});

const valuesOf = ({ actor, subject }: Pair): unknown[] => [
  newId(),
  newId(),
  actor.id,
  subject.id,
  subject.account,
  subject.product,
  actor.signInId,
  [newId(), newId(), newId()],
  [randomBytes(32), randomBytes(32), randomBytes(32)],
  body,
];

const statement = `
with ids as (
  select id, salt, ('{request.asked,request.granted,session.started}'::text[])[place] as event, place
    from unnest($8::uuid[], $9::bytea[]) with ordinality as t(id, salt, place)),
entry as (
  insert into audit_entry (id, event, account_id, actor_id, subject_id, session_id, request_id)
  select id, event, $5, $3, $4, case place when 3 then $2::uuid end, $1 from ids order by place returning id),
payload as (
  insert into audit_payload (entry_id, salt, body)
  select id, salt, $10 from ids join entry using (id) order by place),
index as (
  insert into audit_index (entry_id, reason_category)
  select id, 'configuration_check' from ids join entry using (id) order by place),
request as (
  insert into requests (id, actor_id, subject_id, account_id, product_id, scope, minutes, reason_category, lawful_basis,
    reason, caller_check, policy_version, approvals_needed, ask_hash, status, lapses_at, granted_at, granted_minutes,
    start_by, closed_at, asked_entry_id, granted_entry_id, closed_entry_id)
  select $1, $3, $4, $5, $6, 'read', 30, 'configuration_check', 'contract', '${ask.reason}', 'call_back', 14, 0,
    sha256('ask'), 'used', now() + interval '4 hours', now(), 30, now() + interval '30 minutes', now(),
    ($8::uuid[])[1], ($8::uuid[])[2], ($8::uuid[])[3]
  returning id)
insert into sessions (id, request_id, actor_id, subject_id, account_id, product_id, scope, minutes, policy_version,
  sign_in_id, expires_at, started_entry_id)
select $2, id, $3, $4, $5, $6, 'read', 30, 14, $7, now() + interval '30 minutes', ($8::uuid[])[3] from request
returning number`;
