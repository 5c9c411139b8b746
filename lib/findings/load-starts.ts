import type { Transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { Policy } from "#lib/policy/policy.ts";
import type { ReasonCategory } from "#lib/vocabulary.ts";
import { isOutside } from "./detectors/outside-hours.ts";
import type { Access, Start, TicketThen } from "./facts.ts";
import { loadNear } from "./load-near.ts";
import { explainedSql, ticketThenSql } from "./ticket-then.ts";

type Row = {
  id: string;
  ticket: string | null;
  ticketThen: TicketThen | null;
  knowsTickets: boolean;
  category: ReasonCategory;
  wanted: string | null;
  label: string | null;
  isVip: boolean;
  usedBefore: string | null;
  subjectSeen: string | null;
  helpedHere: boolean | null;
  zone: string;
};

const ms = (at: string) => `extract(epoch from ${at}) * 1000`;

/**
 * What a category wants is what the policy said that the session began under. Access was used when it was used last, or
 * given; what was before the first session that is known at all, nobody knows.
 */
const select = preparedStatement<Row>(
  "findings_starts",
  `select s.id, r.ticket, r.reason_category as category, reason.value ->> 'ticket' as wanted, reason.value ->> 'label' as label,
     case when r.ticket is not null then ${ticketThenSql("s.product_id", "r.ticket", "s.started_at")} end as "ticketThen",
     r.ticket is not null and exists (select from tickets t where t.product_id = s.product_id
       and t.reference between substring(r.ticket from '^.*-') and substring(r.ticket from '^.*-') || '999999999'
     ) as "knowsTickets",
     'vip' = any(r.sensitive_because) or u.is_vip as "isVip", p.zone,
     ${ms(`greatest(
       (select max(b.started_at) from sessions b where b.actor_id = s.actor_id and b.started_at < s.started_at),
       greatest((select max(g.granted_at) from staff_roles g where g.staff_id = s.actor_id and g.role = 'agent'
         and g.granted_at <= s.started_at), (select min(b.started_at) from sessions b)))`)} as "usedBefore",
     ${ms("u.last_seen_at")} as "subjectSeen",
     u.last_seen_at <= s.started_at - make_interval(days => $2) and exists (select from sessions b
       join audit_entry e on e.id = b.started_entry_id
       where b.actor_id = s.actor_id and b.account_id = s.account_id and b.started_at < s.started_at
         and b.started_at >= s.started_at - interval '90 days'
         and ${explainedSql("b.account_id", "p.email", "b.started_at", "e.occurred_at")}) as "helpedHere"
   from sessions s join requests r on r.id = s.request_id join subjects u on u.id = s.subject_id
     join staff p on p.id = s.actor_id
     left join policy_versions v on v.version = r.policy_version
     left join lateral (select value from jsonb_array_elements(v.body -> 'reasons')
       where value ->> 'category' = r.reason_category) reason on true
   where s.id = any($1::uuid[])`,
);

/** Sessions that are over and named a ticket that nobody knows. */
const selectUnknown = preparedStatement<{ id: string }>(
  "findings_unknown_tickets",
  `select s.id from sessions s join requests r on r.id = s.request_id
   where s.id = any($1::uuid[]) and r.ticket is not null
     and not exists (select from tickets t where t.product_id = s.product_id and t.reference = r.ticket)`,
);

export const idsOfUnknown = async (tx: Transaction, ended: readonly string[]): Promise<string[]> =>
  ended.length === 0 ? [] : (await selectUnknown(tx, ended)).map(({ id }) => id);

const selectUsual = preparedStatement<{ id: string; at: string }>(
  "findings_usual_times",
  `select s.id, ${ms("b.started_at")} as at from sessions s join staff p on p.id = s.actor_id
     join sessions b on b.actor_id = s.actor_id and b.started_at < s.started_at
       and b.started_at >= s.started_at - interval '30 days'
     join audit_entry e on e.id = b.started_entry_id
   where s.id = any($1::uuid[]) and (s.actor_id = any($2::uuid[])
     or ${explainedSql("b.account_id", "p.email", "b.started_at", "e.occurred_at")})`,
);

/** Sessions that began or ended, with what detectors ask of them. What is explained is told as it is and looked at no further. */
export async function loadStarts(
  tx: Transaction,
  accesses: ReadonlyMap<string, Access>,
  began: ReadonlySet<string>,
  ended: ReadonlySet<string>,
  ticketless: ReadonlySet<string>,
  rules: Pick<Policy, "workingHours" | "findings">,
): Promise<Start[]> {
  const ids = [...new Set([...began, ...ended])].filter(
    (id) => accesses.get(id)?.explained === false,
  );
  if (ids.length === 0) return [];
  const rows = await select(tx, ids, rules.findings.dormantDays);
  const outside = rows.filter(({ id, zone }) => {
    const at = accesses.get(id)?.at;
    return at !== undefined && began.has(id) && isOutside(at, zone, rules);
  });
  const usual = await loadUsual(
    tx,
    outside.map(({ id }) => id),
    ticketless,
  );
  const near = await loadNear(tx, ids);
  return rows.flatMap(
    ({ id, wanted, label, category, usedBefore, subjectSeen, zone: _, ...row }) => {
      const access = accesses.get(id);
      if (!access) return [];
      return [
        {
          ...access,
          ...row,
          began: began.has(id),
          ended: ended.has(id),
          category: label ?? category,
          needsTicket: wanted === "required",
          usedBefore: usedBefore === null ? null : Number(usedBefore),
          subjectSeen: subjectSeen === null ? null : Number(subjectSeen),
          helpedHere: row.helpedHere === true,
          usualTimes: usual.get(id) ?? [],
          near: near.get(id) ?? null,
        },
      ];
    },
  );
}

async function loadUsual(
  tx: Transaction,
  ids: string[],
  ticketless: ReadonlySet<string>,
): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>();
  if (ids.length === 0) return times;
  for (const { id, at } of await selectUsual(tx, ids, [...ticketless])) {
    const list = times.get(id);
    if (list) list.push(Number(at));
    else times.set(id, [Number(at)]);
  }
  return times;
}
