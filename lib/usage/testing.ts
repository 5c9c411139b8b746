import { atRest } from "#db/testing/race.ts";
import type { Sql } from "#db/testing/sql.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { rollUp } from "./roll-up.ts";

const tier = `case when 'regulated' = any (r.sensitive_because) then 'regulated'
  when 'enterprise' = any (r.sensitive_because) then 'enterprise' else 'standard' end`;
const zone = `case when p.zone in (select name from pg_timezone_names) then p.zone else 'UTC' end`;
const isOutside = `not (extract(isodow from s.started_at at time zone ${zone}) between 1 and 5
  and extract(hour from s.started_at at time zone ${zone}) between 7 and 18)`;
const started = `filter (where e.event = 'session.started')`;
const ended = `filter (where e.event = 'session.ended')`;
const written = (effect: string) =>
  `count(*) filter (where e.event = 'action.write' and i.effect = '${effect}')`;
const counts = `count(*) ${started} as sessions,
  count(*) filter (where e.event = 'session.started' and r.sensitive) as sensitive,
  count(*) filter (where e.event = 'session.started' and ${isOutside}) as outside,
  count(*) ${ended} as ended,
  count(*) filter (where e.event = 'session.ended' and exists (
    select from audit_entry w where w.session_id = s.id and w.event = 'action.write')) as wrote,
  coalesce(sum(floor(extract(epoch from s.ended_at - s.started_at))) ${ended}, 0)::bigint as seconds,
  count(*) filter (where e.event = 'action.viewed') as reads,
  count(*) filter (where e.event = 'action.write') as writes,
  ${written("configuration")} as configuration, ${written("message")} as messages, ${written("export")} as exports,
  count(*) filter (where e.event = 'action.refused') as refusals`;
const of = (
  within: string,
) => `from audit_entry e join sessions s on s.id = e.session_id join requests r on r.id = s.request_id
  join staff p on p.id = s.actor_id left join audit_index i on i.entry_id = e.id
  where e.event in ('session.started', 'session.ended', 'action.viewed', 'action.write', 'action.refused') and ${within}`;

/**
 * Each rollup as the entries themselves add up to it, in days of a zone (SQL), of entries `e` within something. For tests
 * and the bench.
 */
export function rawCounts(at: string, within = "true"): Record<string, string> {
  const from = of(within);
  const day = `(s.started_at at time zone ${at})::date`;
  const quarter = `date_trunc('quarter', ${day})::date`;
  const decided = `v.approver_id, r.actor_id,
    count(*) filter (where v.vote = 'approve') as approved, count(*) filter (where v.vote = 'deny') as denied,
    sum(floor(extract(epoch from v.created_at - r.created_at)))::bigint as seconds,
    count(*) filter (where v.vote = 'approve' and v.created_at - r.created_at < interval '10 seconds') as quick
    from audit_entry e join approvals v on v.entry_id = e.id join requests r on r.id = v.request_id where ${within} group by 1, 2, 3`;
  return {
    usage_days: `select s.actor_id, ${day} as day, ${tier} as tier, s.scope, ${counts} ${from} group by 1, 2, 3, 4`,
    usage_totals: `select ${day} as day, ${tier} as tier, s.scope, ${counts} ${from} group by 1, 2, 3`,
    usage_hours: `select ${day} as day, extract(isodow from s.started_at at time zone ${zone})::integer as weekday,
    extract(hour from s.started_at at time zone ${zone})::integer as hour, count(*) as sessions,
    count(*) filter (where ${isOutside}) as outside ${from} and e.event = 'session.started' group by 1, 2, 3`,
    usage_accounts: `select distinct ${quarter} as quarter, s.actor_id, s.account_id ${from} and e.event = 'session.started'`,
    usage_quarters: `select ${quarter} as quarter, s.actor_id, count(distinct s.account_id) ${started} as accounts,
    count(*) filter (where e.event = 'session.started' and s.scope = 'write') as acting, ${counts} ${from} group by 1, 2`,
    usage_approvals: `select (e.occurred_at at time zone ${at})::date as day, ${decided}`,
    usage_pairs: `select date_trunc('quarter', e.occurred_at at time zone ${at})::date as quarter, ${decided}`,
    usage_refusals: `select e.actor_id, (e.occurred_at at time zone ${at})::date as day, e.event,
    sum(coalesce((b.body::json ->> 'count')::integer, 1)) as refusals
    from audit_entry e join audit_payload b on b.entry_id = e.id where e.event like '%refused' and ${within} group by 1, 2, 3`,
  };
}

/** The same rows of a rollup and of its raw count, as text in one order: two that are equal, or the rollup is wrong. */
export async function compared(owner: Sql, table: string, zone: string) {
  const lines = async (rows: string, values: string[]): Promise<string[]> => {
    const { rows: found } = await owner.query<{ line: string }>(
      `select to_jsonb(t)::text as line from (${rows}) t order by 1`,
      values,
    );
    return found.map(({ line }) => line);
  };
  return {
    kept: await lines(`select * from ${table}`, []),
    raw: await lines(rawCounts("$1")[table] ?? "", [zone]),
  };
}

/** Counts all that is on record. */
export async function rollUpAll(worker: Ctx, most?: number, rounds?: number): Promise<number> {
  await atRest((query) => worker.db.execute(query));
  return rollUp(worker, most, rounds);
}
