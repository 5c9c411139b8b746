import type { Reader } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import { type Period, quarterOf } from "./period.ts";

/** What one person did in a period. */
export type Figures = {
  sessions: number;
  acting: number;
  /** For whom an approval was needed. */
  sensitive: number;
  /** Begun outside of their own working hours. */
  outside: number;
  /** Different ones. */
  accounts: number;
  seconds: number;
  /** Sessions that are over, and those of them in which anything was written. */
  ended: number;
  wrote: number;
  reads: number;
  writes: number;
  data: number;
  configuration: number;
  messages: number;
  exports: number;
  /** Of every kind, by Alongside and by the product. */
  refusals: number;
  /** Requests of others that they decided on. */
  approved: number;
  denied: number;
  quick: number;
  /** Started without the approval that the policy wanted. */
  breakGlass: number;
};

/** Of the people `p` (a query of ids), in the days `$1` to `$2`, which are the whole quarter `$3` or, if null, none. */
export const figuresOf = (p: string): string => `
  select p.id, d.sessions, d.acting, d.sensitive, d.outside,
    case when $3::date is null then t.accounts else coalesce(q.accounts, 0) end as accounts,
    d.seconds, d.ended, d.wrote, d.reads, d.writes, d.writes - d.configuration - d.messages - d.exports as data,
    d.configuration, d.messages, d.exports, r.refusals, v.approved, v.denied, v.quick, b.uses as "breakGlass"
  from (${p}) p
  cross join (select coalesce((select zone from usage_zone), 'UTC') as zone) z
  cross join lateral (
    select coalesce(sum(sessions), 0)::bigint as sessions,
      coalesce(sum(sessions) filter (where scope = 'write'), 0)::bigint as acting,
      coalesce(sum(sensitive), 0)::bigint as sensitive, coalesce(sum(outside), 0)::bigint as outside,
      coalesce(sum(seconds), 0)::bigint as seconds, coalesce(sum(ended), 0)::bigint as ended,
      coalesce(sum(wrote), 0)::bigint as wrote, coalesce(sum(reads), 0)::bigint as reads,
      coalesce(sum(writes), 0)::bigint as writes, coalesce(sum(configuration), 0)::bigint as configuration,
      coalesce(sum(messages), 0)::bigint as messages, coalesce(sum(exports), 0)::bigint as exports
    from usage_days where actor_id = p.id and day between $1::date and $2::date) d
  left join usage_quarters q on q.quarter = $3::date and q.actor_id = p.id
  cross join lateral (
    select count(distinct account_id) as accounts from sessions
    where $3::date is null and actor_id = p.id and started_at >= day_begins($1::date, z.zone)
      and started_at < day_begins($2::date + 1, z.zone)) t
  cross join lateral (
    select coalesce(sum(refusals), 0)::bigint as refusals from usage_refusals
    where actor_id = p.id and day between $1::date and $2::date) r
  cross join lateral (
    select coalesce(sum(approved), 0)::bigint as approved, coalesce(sum(denied), 0)::bigint as denied,
      coalesce(sum(quick), 0)::bigint as quick
    from usage_approvals where approver_id = p.id and day between $1::date and $2::date) v
  cross join lateral (
    select count(*) as uses from requests g join sessions s on s.request_id = g.id
    where g.break_glass and g.actor_id = p.id and s.started_at >= day_begins($1::date, z.zone)
      and s.started_at < day_begins($2::date + 1, z.zone)) b`;

const one = preparedStatement<Figures & { id: string }>(
  "usage_person",
  figuresOf("select $4::uuid as id"),
);

/** For whoever has the right to them: who reads them puts it on record (`look-at-person.ts`, or an entry of its own). */
export async function personFigures(db: Reader, staffId: string, period: Period): Promise<Figures> {
  const [row] = await one(db, period.firstDay, period.lastDay, quarterOf(period), staffId);
  if (!row) throw new Error("A person has a row of figures");
  const { id: _, ...figures } = row;
  return figures;
}
