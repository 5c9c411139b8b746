import { permissionsOf } from "#lib/staff/rights.ts";
import { roles } from "#lib/vocabulary.ts";
import { assigning } from "./assigning.ts";

/** Moments as PostgreSQL writes them, with microseconds: "2026-10-01 00:00:00.000000+00". */
export type Span = { starts: string; through: string; opened: string };

const moment = (text: string): string => {
  if (!/^[\d :.+-]+$/.test(text)) throw new Error("This is no moment");
  return `timestamptz '${text}'`;
};

const rights = roles
  .map((role) => `('${role}', array[${permissionsOf(role).map((one) => `'${one}'`)}])`)
  .join(",\n    ");

/**
 * The query that gives a review's population: each grant of a role that was held at any time of the period, whoever has
 * it, with who reviews it. Without parameters, so that what is stored is what ran and anybody can run it again.
 *
 * `last_used_at` is within the grant, up to the end of the period: an agent's last session, a manager's last vote, for
 * the others, whose rights are to read and to change settings, their last sign-in. `sessions` are those that began by
 * this grant in the period: of two grants of one person each has its own. What a review left when it took acting is by
 * that review, and still of whoever gave it.
 */
export const populationQuery = ({ starts, through, opened }: Span): string => `with recursive
period as (
  select ${moment(starts)} as starts, ${moment(through)} as through, ${moment(opened)} as opened),
rights (role, permissions) as (values
    ${rights}),
held as (
  select g.id as grant_id, g.staff_id, g.role, g.granted_at, g.granted_by, g.looking_only,
    case when g.looking_only and entry_says(g.granted_entry_id, 'review_decision') is not null then 'review'
      when g.issuer_group is not null then 'issuer_group'
      when g.granted_by is not null then 'panel' when g.granted_entry_id is not null then 'command' else 'set_up' end as source,
    case when g.revoked_at <= period.opened then g.revoked_at end as ended_at,
    least(period.through, g.revoked_at) as until,
    s.name, s.email, s.team, s.kind, s.status, s.deactivated_at, s.manager_id, period.starts, period.through
  from staff_roles g cross join period join staff s on s.id = g.staff_id
  where g.granted_at < period.through and (g.revoked_at is null or g.revoked_at > period.starts)),
${assigning},
seen as (
  select of.grant_id, count(*) as sessions from sessions s cross join period join held of on of.staff_id = s.actor_id
  where s.started_at >= period.starts and s.started_at < period.through
    and of.role = 'agent' and s.started_at >= of.granted_at and s.started_at < of.until group by of.grant_id),
broken as (
  select of.grant_id, count(*) as uses from requests r join sessions s on s.request_id = r.id
    cross join period join held of on of.staff_id = s.actor_id
  where r.break_glass and s.started_at >= period.starts and s.started_at < period.through
    and of.role = 'agent' and s.started_at >= of.granted_at and s.started_at < of.until group by of.grant_id),
raised as (
  select actor_id, count(*) as findings from findings cross join period
  where status = 'open' and first_at < period.through and last_at >= period.starts group by actor_id)
select row_number() over (order by of.name, of.staff_id, of.role, of.granted_at, of.grant_id)::integer as number,
  of.grant_id, of.staff_id, of.name, of.email, of.team, of.kind, of.status, of.deactivated_at,
  of.manager_id, boss.name as manager_name, of.role, rights.permissions,
  case when of.role <> 'agent' then array[]::text[] when of.looking_only then array['read'] else array['read', 'write'] end as scopes,
  not (of.role = 'agent' and of.looking_only) as privileged,
  of.source, of.granted_at, of.granted_by, giver.name as granted_by_name, of.ended_at,
  case of.role
    when 'agent' then (select max(s.started_at) from sessions s
      where s.actor_id = of.staff_id and s.started_at >= of.granted_at and s.started_at < of.until)
    when 'manager' then (select max(v.created_at) from approvals v
      where v.approver_id = of.staff_id and v.created_at >= of.granted_at and v.created_at < of.until)
    else (select greatest(i.created_at, of.granted_at) from staff_sign_ins i
      where i.staff_id = of.staff_id and i.created_at < of.until and i.last_active_at >= of.granted_at
      order by i.created_at desc limit 1)
  end as last_used_at,
  coalesce(seen.sessions, 0)::integer as sessions, coalesce(broken.uses, 0)::integer as break_glass, coalesce(raised.findings, 0)::integer as open_findings,
  given.reviewer_id, given.reviewer_how
from held of
  join rights on rights.role = of.role
  join given on given.grant_id = of.grant_id
  left join staff boss on boss.id = of.manager_id
  left join staff giver on giver.id = of.granted_by
  left join seen on seen.grant_id = of.grant_id
  left join broken on broken.grant_id = of.grant_id
  left join raised on raised.actor_id = of.staff_id`;

/** The columns that it gives, as the items have them. */
export const populationColumns = [
  "number",
  "grant_id",
  "staff_id",
  "name",
  "email",
  "team",
  "kind",
  "status",
  "deactivated_at",
  "manager_id",
  "manager_name",
  "role",
  "permissions",
  "scopes",
  "privileged",
  "source",
  "granted_at",
  "granted_by",
  "granted_by_name",
  "ended_at",
  "last_used_at",
  "sessions",
  "break_glass",
  "open_findings",
  "reviewer_id",
  "reviewer_how",
] as const;
