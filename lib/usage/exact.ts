import type { Reader } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { Figures } from "./person.ts";

/** Moments as PostgreSQL writes them, with microseconds. */
export type Span = {
  from: string;
  /** Up to this one, and without it. */
  to: string;
  /** What was done in a session counts up to here, also where the session began before `to`; "infinity": all of it. */
  known: string;
};

const rules = `select version,
    coalesce((body #>> '{workingHours,from}')::integer, 7) as work_from,
    coalesce((body #>> '{workingHours,to}')::integer, 19) as work_to,
    case when body #> '{workingHours,days}' is null then array[1, 2, 3, 4, 5]
      else array(select jsonb_array_elements_text(body #> '{workingHours,days}')::integer) end as work_days,
    coalesce((body #>> '{findings,quickSeconds}')::integer, 10) as quick_seconds
  from policy_versions`;

const exact = preparedStatement<Figures>(
  "usage_exact",
  `with rules as materialized (${rules}),
   own as materialized (
     select s.id, s.scope, s.account_id, r.sensitive, r.break_glass, s.started_at, s.ended_at,
       not (extract(isodow from l.at)::integer = any (rules.work_days)
         and extract(hour from l.at)::integer >= rules.work_from and extract(hour from l.at)::integer < rules.work_to) as outside
     from sessions s join requests r on r.id = s.request_id join staff p on p.id = s.actor_id
       join rules on rules.version = s.policy_version
       cross join lateral (select s.started_at at time zone known_zone(p.zone) as at) l
     where s.actor_id = $1::uuid and s.started_at >= $2::timestamptz and s.started_at < $3::timestamptz),
   done as materialized (
     select own.id, e.event, case when e.event = 'action.write' then (select effect from audit_index where entry_id = e.id) end as effect
     from own cross join lateral (
       select id, event from audit_entry
       where session_id = own.id and event in ('session.ended', 'action.viewed', 'action.write') and occurred_at < $4::timestamptz offset 0) e),
   told as (
     select count(*) filter (where event = 'action.viewed') as reads, count(*) filter (where event = 'action.write') as writes,
       count(*) filter (where effect = 'configuration') as configuration,
       count(*) filter (where effect = 'message') as messages, count(*) filter (where effect = 'export') as exports
     from done),
   over as (
     select count(*) as ended, coalesce(sum(floor(extract(epoch from own.ended_at - own.started_at))), 0)::bigint as seconds,
       count(*) filter (where exists (select 1 from done w where w.id = own.id and w.event = 'action.write')) as wrote
     from done d join own on own.id = d.id where d.event = 'session.ended'),
   began as (
     select count(*) as sessions, count(*) filter (where scope = 'write') as acting, count(*) filter (where sensitive) as sensitive,
       count(*) filter (where outside) as outside, count(distinct account_id) as accounts, count(*) filter (where break_glass) as "breakGlass" from own),
   refused as (
     select coalesce(sum(refusals_told(b.body)), 0)::bigint as refusals from audit_entry e join audit_payload b on b.entry_id = e.id
     where e.actor_id = $1::uuid and e.occurred_at >= $2::timestamptz and e.occurred_at < $3::timestamptz and e.event like '%refused'),
   votes as (
     select count(*) filter (where v.vote = 'approve') as approved, count(*) filter (where v.vote = 'deny') as denied,
       count(*) filter (where v.vote = 'approve' and floor(extract(epoch from v.created_at - r.created_at)) < rules.quick_seconds) as quick
     from approvals v join requests r on r.id = v.request_id join rules on rules.version = v.policy_version
     where v.approver_id = $1::uuid and v.created_at >= $2::timestamptz and v.created_at < $3::timestamptz)
   select began.sessions, began.acting, began.sensitive, began.outside, began.accounts, over.seconds, over.ended, over.wrote, told.reads,
     told.writes, told.writes - told.configuration - told.messages - told.exports as data, told.configuration, told.messages,
     told.exports, refused.refusals, votes.approved, votes.denied, votes.quick, began."breakGlass"
   from began, told, over, refused, votes`,
);

/**
 * One person's figures between two moments, counted in the entries themselves by the rules of the rollups, which know
 * whole days only. For whoever has the right to them, as `personFigures` is.
 */
export async function figuresBetween(
  db: Reader,
  staffId: string,
  { from, to, known }: Span,
): Promise<Figures> {
  const [row] = await exact(db, staffId, from, to, known);
  if (!row) throw new Error("A person has a row of figures");
  return row;
}
