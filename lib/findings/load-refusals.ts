import type { Transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { Access, Refusal } from "./facts.ts";
import { refusedEvents } from "./read-on.ts";
import { explainedSql } from "./ticket-then.ts";

type Row = Omit<Refusal, "at" | "session"> & { at: string; sessionId: string | null };

/** Slips, races and faults: no reaching for what one may not have. */
const harmless = [
  ...["invalid", "too_often", "conflict", "already_live", "already_decided", "policy_changed"],
  ...["lapsed", "used", "not_granted", "ended", "global_stop"],
  // The product did not say what it does, or got no answer from us.
  ...["undeclared", "unreachable"],
];

/**
 * Refusals of the same actors within the day around. Who asked is refused by a denial, not who denied.
 */
const select = preparedStatement<Row>(
  "findings_refusals",
  `with whose as (
     select e.id, e.event, e.occurred_at, e.session_id, e.subject_id, coalesce(r.actor_id, e.actor_id) as actor_id
     from audit_entry e left join requests r on r.id = e.request_id and e.event = 'request.denied'),
   new as (select actor_id, min(occurred_at) - interval '1 day' as low, max(occurred_at) + interval '1 day' as high
     from whose where id = any($1::uuid[]) group by 1)
   select w.id as "entryId", w.event, extract(epoch from w.occurred_at) * 1000 as at, w.actor_id as "actorId",
     w.session_id as "sessionId", u.id as "subjectId", u.name as subject, a.id as "accountId", a.name as account,
     a.id is not null and ${explainedSql("a.id", "p.email", "w.occurred_at", "w.occurred_at")} as explained
   from (select min(low) as low, max(high) as high from new) t,
     lateral (select x.* from unnest($2::text[]) of_event, lateral (select e.id, e.event, e.occurred_at, e.session_id,
         e.subject_id, coalesce(r.actor_id, e.actor_id) as actor_id
       from audit_entry e left join requests r on r.id = e.request_id and e.event = 'request.denied'
       where e.event = of_event and e.occurred_at between t.low and t.high) x) w
     join new n on n.actor_id = w.actor_id and w.occurred_at between n.low and n.high
     join staff p on p.id = w.actor_id join audit_payload y on y.entry_id = w.id
     left join subjects u on u.id = w.subject_id left join accounts a on a.id = u.account_id
   where coalesce(y.body::jsonb ->> 'refused', '') <> all ($3::text[])`,
);

export async function loadRefusals(
  tx: Transaction,
  entries: readonly string[],
): Promise<(Omit<Refusal, "session"> & { sessionId: string | null })[]> {
  if (entries.length === 0) return [];
  const rows = await select(tx, entries, refusedEvents, harmless);
  return rows.map((row) => ({ ...row, at: Number(row.at) }));
}

export const withSessions = (
  refusals: Awaited<ReturnType<typeof loadRefusals>>,
  accesses: ReadonlyMap<string, Access>,
): Refusal[] =>
  refusals.map(({ sessionId, ...refusal }) => {
    const session = (sessionId && accesses.get(sessionId)) || null;
    return { ...refusal, session, explained: session ? session.explained : refusal.explained };
  });
