import type { Transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { FindingsPolicy } from "#lib/policy/findings-policy.ts";
import type { Access, Writing } from "./facts.ts";
import { explainedSql } from "./ticket-then.ts";

type Counted = { id: string; writes: number; exports: number };

/** Of those written in now, and of what their actors wrote in the day around: where any of it is much. */
const selectMany = preparedStatement<Counted>(
  "findings_writes",
  `with new as (select actor_id, min(started_at) - interval '1 day' as low, max(started_at) + interval '1 day' as high
     from sessions where id = any($1::uuid[]) group by 1),
   counted as (select s.id, s.actor_id, count(*) filter (where a.effect <> 'export')::integer as writes,
       count(*) filter (where a.effect = 'export')::integer as exports
     from new n join sessions s on s.actor_id = n.actor_id and s.started_at between n.low and n.high and s.scope = 'write'
       join actions a on a.session_id = s.id and a.phase = 'attempt' group by 1, 2),
   summed as (select *, sum(writes) over (partition by actor_id) as all_writes,
     sum(exports) over (partition by actor_id) as all_exports from counted)
   select id, writes, exports from summed
   where writes > $2 or exports > $3 or all_writes > $4 or all_exports > $5`,
);

const selectUsual = preparedStatement<{
  id: string;
  sessions: number;
  writes: number;
  exports: number;
}>(
  "findings_usual_writes",
  `select s.id, count(*)::integer as sessions, coalesce(avg(n.writes), 0)::float8 as writes,
     coalesce(avg(n.exports), 0)::float8 as exports
   from sessions s join staff p on p.id = s.actor_id
     join sessions b on b.actor_id = s.actor_id and b.scope = 'write' and b.id <> s.id
       and b.started_at < s.started_at and b.started_at >= s.started_at - interval '90 days'
     join audit_entry e on e.id = b.started_entry_id,
     lateral (select count(*) filter (where a.effect <> 'export') as writes,
       count(*) filter (where a.effect = 'export') as exports
       from actions a where a.session_id = b.id and a.phase = 'attempt') n
   where s.id = any($1::uuid[]) and ${explainedSql("b.account_id", "p.email", "b.started_at", "e.occurred_at")} group by 1`,
);

/** Sessions in which more was written than the policy never minds, or in whose day. */
export const countWrites = (
  tx: Transaction,
  written: readonly string[],
  { writesInASession, exportsInASession, writesInADay, exportsInADay }: FindingsPolicy,
): Promise<Counted[]> =>
  written.length === 0
    ? Promise.resolve([])
    : selectMany(tx, written, writesInASession, exportsInASession, writesInADay, exportsInADay);

/** The same beside what their actors usually do in a session for acting, on tickets: a habit is not made by doing it. */
export async function loadWritings(
  tx: Transaction,
  counted: readonly Counted[],
  accesses: ReadonlyMap<string, Access>,
): Promise<Writing[]> {
  const unexplained = counted.filter(({ id }) => accesses.get(id)?.explained === false);
  if (unexplained.length === 0) return [];
  const rows = await selectUsual(
    tx,
    unexplained.map(({ id }) => id),
  );
  const usual = new Map(rows.map(({ id, ...row }) => [id, row]));
  const none = { sessions: 0, writes: 0, exports: 0 };
  return unexplained.flatMap((one) => {
    const access = accesses.get(one.id);
    return access ? [{ ...access, ...one, usual: usual.get(one.id) ?? none }] : [];
  });
}
