import type { Transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { FindingsPolicy } from "#lib/policy/findings-policy.ts";
import { explainedSql } from "./ticket-then.ts";

/** Fewer colleagues, or less of what they did, say nothing about a team. */
const least = { colleagues: 2, sessions: 10 };

/**
 * What the colleagues of these actors did last, eight sessions of each: the actor's own is left out, so that nobody makes
 * a team of themselves that works without tickets.
 */
const select = preparedStatement<{ actorId: string }>(
  "findings_ticketless",
  `with a as (select s.actor_id, max(s.started_at) as high from sessions s where s.id = any($1::uuid[]) group by 1),
   t as (select p.team, max(a.high) as high from a join staff p on p.id = a.actor_id group by 1),
   last as materialized (select p.id, p.team, ${explainedSql("b.account_id", "p.email", "b.started_at", "e.occurred_at")} as explained
     from t join staff p on p.team = t.team,
       lateral (select x.account_id, x.started_at, x.started_entry_id from sessions x where x.actor_id = p.id
         and x.started_at < t.high and x.started_at > t.high - interval '30 days'
         order by x.started_at desc, x.id desc limit 8) b
       join audit_entry e on e.id = b.started_entry_id)
   select a.actor_id as "actorId" from a join staff p on p.id = a.actor_id join last l on l.team = p.team and l.id <> p.id
   group by 1 having count(distinct l.id) >= $2 and count(*) >= $3
     and count(*) filter (where l.explained) < $4::float8 * count(*)`,
);

/** The actors of these sessions whose team works without tickets that we know. */
export async function loadTicketless(
  tx: Transaction,
  unexplained: readonly string[],
  { ticketlessShare }: FindingsPolicy,
): Promise<Set<string>> {
  if (unexplained.length === 0) return new Set();
  const rows = await select(tx, unexplained, least.colleagues, least.sessions, ticketlessShare);
  return new Set(rows.map(({ actorId }) => actorId));
}
