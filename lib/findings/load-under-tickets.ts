import type { Transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { FindingsPolicy } from "#lib/policy/findings-policy.ts";
import type { Access, UnderTickets } from "./facts.ts";

/** Of an account's tickets, those that were the actor's and open at a time; what a ticket was, by its past. */
const ofActor = (account: string, email: string) => `(
  select k.product_id, k.reference, k.known_since, 'infinity'::timestamptz as until
    from tickets k where k.account_id = ${account} and k.status = 'open' and lower(k.assignee_email) = lower(${email})
  union all
  select k.product_id, k.reference, now.known_since, k.until
    from ticket_past k join tickets now on now.product_id = k.product_id and now.reference = k.reference
    where k.account_id = ${account} and k.status = 'open' and lower(k.assignee_email) = lower(${email}))`;

type Row = {
  id: string;
  actorId: string;
  accountId: string;
  knownFor: string | null;
  tickets: number;
};

/** Where an actor was at an account so often in 30 days that it could be a pattern: each session there. */
const select = preparedStatement<Row>(
  "findings_under_tickets",
  `with new as (select actor_id, account_id, max(started_at) as high from sessions where id = any($1::uuid[]) group by 1, 2),
   often as (select n.actor_id, n.account_id, n.high, array_agg(s.id) as ids, min(s.started_at) as low
     from new n join sessions s on s.account_id = n.account_id and s.actor_id = n.actor_id
       and s.started_at between n.high - interval '30 days' and n.high
     group by 1, 2, 3 having count(*) >= $2)
   select s.id, s.actor_id as "actorId", s.account_id as "accountId", t.tickets,
     case when k.known > '-infinity' then extract(epoch from s.started_at - k.known) * 1000 end as "knownFor"
   from often o join staff p on p.id = o.actor_id
     join lateral (select count(distinct (product_id, reference))::integer as tickets
       from ${ofActor("o.account_id", "p.email")} t where t.until > o.low and t.known_since <= o.high) t on t.tickets > 0
     join sessions s on s.id = any(o.ids),
     lateral (select min(known_since) as known from ${ofActor("s.account_id", "p.email")} t
       where t.until > s.started_at and t.known_since <= s.started_at) k`,
);

/** The sessions around these, which began under a ticket, where they are so many that it could be a pattern. */
export const loadOften = (
  tx: Transaction,
  explained: readonly string[],
  { sessionsOfATicket, peopleOfATicket, freshTickets }: FindingsPolicy,
): Promise<Row[]> =>
  explained.length === 0
    ? Promise.resolve([])
    : select(tx, explained, Math.min(sessionsOfATicket + 1, peopleOfATicket + 1, freshTickets));

/** The same by actor and account; only what tickets explain is in it. */
export function underTickets(
  rows: readonly Row[],
  accesses: ReadonlyMap<string, Access>,
): UnderTickets[] {
  const groups = new Map<string, UnderTickets & { sessions: UnderTickets["sessions"][number][] }>();
  for (const { id, actorId, accountId, tickets, knownFor } of rows) {
    const access = accesses.get(id);
    if (!access?.explained) continue;
    const key = `${actorId} ${accountId}`;
    const group = groups.get(key) ?? { actorId, accountId, tickets, sessions: [] };
    group.sessions.push({ ...access, knownFor: knownFor === null ? null : Number(knownFor) });
    groups.set(key, group);
  }
  return [...groups.values()];
}
