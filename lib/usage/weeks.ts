import { preparedStatement } from "#db/prepared.ts";
import type { Scope, Tier } from "#lib/vocabulary.ts";

/** One ISO week by tier and scope; `monday` may be before the period, of which only its days count. */
export type Week = {
  monday: string;
  tier: Tier;
  scope: Scope;
  sessions: number;
  sensitive: number;
  outside: number;
  wrote: number;
  ended: number;
  seconds: number;
  reads: number;
  writes: number;
  exports: number;
  refusals: number;
};

/** From the first day to the last. */
export const weeks = preparedStatement<Week>(
  "usage_weeks",
  `select date_trunc('week', day)::date as monday, tier, scope, sum(sessions)::bigint as sessions,
     sum(sensitive)::bigint as sensitive, sum(outside)::bigint as outside, sum(wrote)::bigint as wrote,
     sum(ended)::bigint as ended, sum(seconds)::bigint as seconds, sum(reads)::bigint as reads,
     sum(writes)::bigint as writes, sum(exports)::bigint as exports, sum(refusals)::bigint as refusals
   from usage_totals where day between $1::date and $2::date group by 1, 2, 3 order by 1, 2, 3`,
);

export type Totals = Omit<Week, "monday" | "tier" | "scope"> & {
  acting: number;
  /** Started without the approval that the policy wanted. */
  breakGlass: number;
};

/** The same of all days together: one row. */
export const totals = preparedStatement<Totals>(
  "usage_all",
  `select coalesce(sum(sessions), 0)::bigint as sessions,
     coalesce(sum(sessions) filter (where scope = 'write'), 0)::bigint as acting,
     coalesce(sum(sensitive), 0)::bigint as sensitive, coalesce(sum(outside), 0)::bigint as outside,
     coalesce(sum(wrote), 0)::bigint as wrote, coalesce(sum(ended), 0)::bigint as ended,
     coalesce(sum(seconds), 0)::bigint as seconds, coalesce(sum(reads), 0)::bigint as reads,
     coalesce(sum(writes), 0)::bigint as writes, coalesce(sum(exports), 0)::bigint as exports,
     coalesce(sum(refusals), 0)::bigint as refusals,
     (select count(*) from requests g join sessions s on s.request_id = g.id
       cross join (select coalesce((select zone from usage_zone), 'UTC') as zone) z
       where g.break_glass and s.started_at >= day_begins($1::date, z.zone)
         and s.started_at < day_begins($2::date + 1, z.zone)) as "breakGlass"
   from usage_totals where day between $1::date and $2::date`,
);
