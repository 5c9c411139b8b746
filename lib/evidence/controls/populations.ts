import { type SQL, sql } from "drizzle-orm";
import { detectorWords } from "#lib/vocabulary-labels.ts";
import { explanationBy } from "../finding-words.ts";
import type { ControlId } from "./controls.ts";
import type { Period } from "./period.ts";

/*
 * One select for each control, with the same columns: `id` (unique in the population), `at`, `kind`, `about` (what it
 * opens to), `entry_id`, `who`, `what`, `exception`. Each is read by an index on the time at which a line came about.
 */

const listed = (...why: SQL[]) => sql`nullif(concat_ws('; ', ${sql.join(why, sql`, `)}), '')`;
const within = (column: SQL, { starts, ends }: Period) =>
  sql`${column} >= ${starts}::timestamptz and ${column} < ${ends}::timestamptz`;

/** Up to when a line is told. `now()` is one moment of a statement: with a clock in it PostgreSQL would work out every line. */
const toldUpTo = ({ told, ends }: Period): SQL =>
  told === "now" ? sql`now()` : sql`least(${ends}::timestamptz, now())`;

/** The staff by the names that they had: for a guest those of the end of their period, before the first change since. */
const staffOf = ({ told, ends }: Period): SQL =>
  told === "now"
    ? sql`staff`
    : sql`(select f.id, f.deactivated_at, f.changed_entry_id, coalesce(n.name, f.name) as name from staff f left join (
        select distinct on (p.body::jsonb ->> 'person') p.body::jsonb ->> 'person' as person, c.change ->> 'before' as name
        from audit_entry e join audit_payload p on p.entry_id = e.id, jsonb_array_elements(p.body::jsonb -> 'changes') c (change)
        where e.event = 'staff.changed' and e.occurred_at >= ${ends}::timestamptz and c.change ->> 'field' = 'name'
        order by p.body::jsonb ->> 'person', e.occurred_at, e.id) n on n.person = f.id::text)`;

/** From when until when somebody was out who was let in again since, by the log: the staff themselves say only who is out today. */
const outs = sql`(select person, since, until from (
    select p.body::jsonb ->> 'person' as person, e.event, e.occurred_at as since,
      lead(e.occurred_at) over turns as until, lead(e.event) over turns as next
    from audit_entry e join audit_payload p on p.entry_id = e.id where e.event in ('staff.withdrawn', 'staff.restored')
    window turns as (partition by p.body::jsonb ->> 'person' order by e.occurred_at, e.id)) turned
  where event = 'staff.withdrawn' and next = 'staff.restored')`;

/** Where this person was out at this moment, and is in again, `o` says since when. */
const wasOut = (person: SQL, moment: SQL) =>
  sql`left join ${outs} o on o.person = ${person}::text and o.since <= ${moment} and ${moment} < o.until`;

const sessionsOf = (period: Period) => sql`
  select s.id, s.started_at as at, 'session' as kind, s.id::text as about, s.started_entry_id as entry_id, a.name as who,
    'S-' || s.number || ', ' || case s.scope when 'write' then 'acting' else 'looking' end || ' as '
      || coalesce(started.body::json ->> 'subject', u.name) || ', ' || coalesce(started.body::json ->> 'account', c.name)
      || ' (R-' || r.number || coalesce(', ' || r.ticket, '') || '): ' || r.reason as what,
    ${listed(
      sql`case when s.end_cause in ('subject_withdrawn', 'actor_withdrawn', 'account_stricter', 'global_stop', 'code_reuse')
          and s.ended_at <= ${toldUpTo(period)} then 'ended by force: ' || replace(s.end_cause, '_', ' ') end`,
      sql`case when r.ticket is null and exists (select 1 from policy_versions p, jsonb_array_elements(p.body -> 'reasons') as asks (of)
        where p.version = r.policy_version and asks.of ->> 'category' = r.reason_category and asks.of ->> 'ticket' = 'required')
        then 'no ticket where the policy wants one' end`,
      sql`case when (select count(*) from approvals v where v.request_id in (r.id, r.standing_of) and v.vote = 'approve') < r.approvals_needed
        then 'fewer approvals than it needed' end`,
      sql`case when r.break_glass then 'break-glass: nobody approved' || case when exists (select from session_reviews v
        where v.session_id = s.id and v.reviewed_at <= ${toldUpTo(period)}) then '' else ', and nobody has reviewed it' end end`,
      sql`case when not exists (select 1 from staff_roles g where g.staff_id = s.actor_id and g.role = 'agent'
        and g.granted_at <= s.started_at and (g.revoked_at is null or g.revoked_at > s.started_at))
        then 'no role of agent at the start' end`,
      sql`case when s.scope = 'write' and (select bool_and(g.looking_only) from staff_roles g where g.staff_id = s.actor_id
        and g.role = 'agent' and g.granted_at <= s.started_at and (g.revoked_at is null or g.revoked_at > s.started_at))
        then 'acting by an agent who may only look' end`,
    )} as exception
  from sessions s join requests r on r.id = s.request_id join ${staffOf(period)} a on a.id = s.actor_id
    join subjects u on u.id = s.subject_id join accounts c on c.id = s.account_id
    left join audit_payload started on started.entry_id = s.started_entry_id
  where ${within(sql`s.started_at`, period)}`;

/** What a review left of a grant that it narrowed: whoever decided gave nothing. */
const leftByReview = sql`(g.looking_only and entry_says(g.granted_entry_id, 'review_decision') is not null)`;

const grantsOf = (period: Period) => sql`
  select g.id, g.granted_at as at, 'grant' as kind, g.staff_id::text as about, g.granted_entry_id as entry_id, h.name as who,
    'Role ' || g.role || case when g.looking_only then ', looking only' else '' end
      || case when ${leftByReview} then ', left by ' || entry_says(g.granted_entry_id, 'by') || ' in a review' else ', given by '
      || coalesce(b.name, case when g.granted_entry_id is not null then 'the command line' else 'the set-up' end) end as what,
    ${listed(
      sql`case when g.granted_by is null and not ${leftByReview} then 'no giver on record' end`,
      sql`case when g.granted_by = g.staff_id then 'given by the holder' end`,
      sql`case when g.granted_by is not null and not exists (select 1 from staff_roles x where x.staff_id = g.granted_by
        and x.role = 'admin' and x.granted_at <= g.granted_at and (x.revoked_at is null or x.revoked_at >= g.granted_at))
        then 'the giver was no admin then' end`,
      sql`case when o.since is not null or h.deactivated_at <= g.granted_at then 'given to a deactivated person' end`,
    )} as exception
  from staff_roles g join ${staffOf(period)} h on h.id = g.staff_id left join ${staffOf(period)} b on b.id = g.granted_by
    ${wasOut(sql`g.staff_id`, sql`g.granted_at`)}
  where ${within(sql`g.granted_at`, period)}`;

/** Roles that `person`, deactivated `since`, still held a day after. */
const keeps = (person: SQL, since: SQL, period: Period) => sql`(
  select 'still holds ' || string_agg(k.role, ', ' order by k.role) from staff_roles k
  where k.staff_id = ${person} and k.granted_at <= ${toldUpTo(period)} and (k.revoked_at is null or k.revoked_at > ${toldUpTo(period)})
    and ${since} < ${toldUpTo(period)} - interval '1 day')`;

/** Whether nobody let the person of the entry `e` in again, as far as is told. */
const isStillOut = (period: Period) =>
  period.told === "now"
    ? sql`h.changed_entry_id = e.id`
    : sql`not exists (select 1 from audit_entry later join audit_payload q on q.entry_id = later.id
        where later.event = 'staff.restored' and later.occurred_at > e.occurred_at and later.occurred_at <= ${toldUpTo(period)}
          and q.body::jsonb ->> 'person' = p.body::jsonb ->> 'person')`;

/** What followed a decision, proved as far as is told. */
const isProved = (period: Period) => sql`coalesce((
  select bool_and(coalesce(m.result = 'refused' and m.verified_at <= ${toldUpTo(period)}, false))
  from review_remediations m where m.item_id = i.id and m.created_at <= ${toldUpTo(period)}), false)`;

const removalsOf = (period: Period) => sql`
  select g.id, g.revoked_at as at, 'revocation' as kind, g.staff_id::text as about, g.revoked_entry_id as entry_id, h.name as who,
    'Role ' || g.role || ' taken by ' || coalesce(b.name, case when g.revoked_entry_id is not null then 'the system' else 'nobody on record' end) as what,
    ${listed(
      sql`case when coalesce(o.since, h.deactivated_at) < g.revoked_at - interval '1 day' then 'later than a day after the deactivation' end`,
      sql`case when g.revoked_by is null and g.revoked_entry_id is null then 'nobody on record who took it' end`,
    )} as exception
  from staff_roles g join ${staffOf(period)} h on h.id = g.staff_id left join ${staffOf(period)} b on b.id = g.revoked_by
    ${wasOut(sql`g.staff_id`, sql`g.revoked_at`)}
  where ${within(sql`g.revoked_at`, period)}
  union all
  select h.id, h.deactivated_at, 'deactivation', h.id::text, null, h.name, 'Deactivated, not in the panel', ${keeps(sql`h.id`, sql`h.deactivated_at`, period)}
  from ${staffOf(period)} h left join audit_entry e on e.id = h.changed_entry_id and e.event = 'staff.withdrawn'
  where e.id is null and ${within(sql`h.deactivated_at`, period)}
  union all
  select e.id, e.occurred_at, 'change', p.body::jsonb ->> 'person', e.id, coalesce(h.name, p.body::jsonb ->> 'name'),
    p.body::jsonb ->> 'what', case when e.event = 'staff.withdrawn' and ${isStillOut(period)} then ${keeps(sql`h.id`, sql`e.occurred_at`, period)} end
  from audit_entry e join audit_payload p on p.entry_id = e.id
    left join ${staffOf(period)} h on h.id::text = p.body::jsonb ->> 'person'
  where e.event in ('staff.withdrawn', 'staff.restored', 'staff.changed') and ${within(sql`e.occurred_at`, period)}
  union all
  select d.id, d.decided_at, 'decision', c.slug || '/items/' || i.number, d.entry_id, i.name,
    'Review ' || c.slug || ', item ' || i.number || ', role ' || i.role || ': ' || d.decision,
    case when not ${isProved(period)} then 'not done and proved' end
  from review_decisions d join review_items i on i.decision_id = d.id join campaigns c on c.id = i.campaign_id
  where d.decision in ('change', 'revoke') and ${within(sql`d.decided_at`, period)}`;

const findingColumns = (period: Period, at: SQL, entry: SQL, exception: SQL) => sql`
  select f.id, ${at} as at, 'finding' as kind, f.number::text as about, ${entry} as entry_id, a.name as who,
    'F-' || f.number || ', ' || (${JSON.stringify(detectorWords)}::jsonb ->> f.detector) || ': ' || ${explanationBy(toldUpTo(period))}
      || case when f.status = 'open' then '' when f.disposed_at > ${toldUpTo(period)} then ' (disposed of after the period)'
        else ' (' || f.status || ': ' || f.note || ')' end as what, ${exception} as exception
  from findings f join ${staffOf(period)} a on a.id = f.actor_id`;

const raisedOf = (period: Period) => sql`
  ${findingColumns(
    period,
    sql`f.raised_at`,
    sql`f.raised_entry_id`,
    sql`case when (f.status = 'open' or f.disposed_at > ${toldUpTo(period)}) and f.due_at <= ${toldUpTo(period)} then 'open after its day' end`,
  )} where ${within(sql`f.raised_at`, period)}`;

const disposedOf = (period: Period) => sql`
  ${findingColumns(
    period,
    sql`f.disposed_at`,
    sql`f.disposed_entry_id`,
    listed(
      sql`case when f.disposed_at > f.due_at then 'after its day' end`,
      sql`case when char_length(trim(f.note)) < 10 then 'without a note that says why' end`,
    ),
  )} where ${within(sql`f.disposed_at`, period)}`;

const populations: Record<ControlId, (period: Period) => SQL> = {
  "CC6.1": sessionsOf,
  "CC6.2": grantsOf,
  "CC6.3": removalsOf,
  "CC7.2": raisedOf,
  "CC7.3": disposedOf,
};

export const populationOf = (control: ControlId, period: Period): SQL =>
  populations[control](period);
