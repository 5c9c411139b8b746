import { preparedStatement } from "#db/prepared.ts";
import { leastPeople } from "./spread.ts";

/** What was decided in some days, by everybody together. */
export type Approvals = {
  approved: number;
  denied: number;
  /** From the ask to the decision, on average. */
  seconds: number;
  /** Approved in less than the policy's `quickSeconds`. */
  quick: number;
  /** How many people decided. */
  people: number;
};

/** From the first day to the last: one row. */
export const approvals = preparedStatement<Approvals>(
  "usage_approvals_all",
  `select coalesce(sum(approved), 0)::bigint as approved, coalesce(sum(denied), 0)::bigint as denied,
     coalesce(sum(seconds) / nullif(sum(approved + denied), 0), 0)::bigint as seconds,
     coalesce(sum(quick), 0)::bigint as quick, count(distinct approver_id)::integer as people
   from usage_approvals where day between $1::date and $2::date`,
);

/** One of those who decided; nobody says who. */
export type Approver = Omit<Approvals, "people">;
const most = 60;

/**
 * Those who decided most, without names; nobody where they are fewer than five. The days `$1` to `$2` are the whole quarter
 * `$3` or, if null, none.
 */
export const approvers = preparedStatement<Approver>(
  "usage_approvers",
  `with people as materialized (
     select approver_id, sum(approved)::bigint as approved, sum(denied)::bigint as denied,
       (sum(seconds) / sum(approved + denied))::bigint as seconds, sum(quick)::bigint as quick
     from (
       select approver_id, approved, denied, seconds::float8 as seconds, quick from usage_pairs where quarter = $3::date
       union all
       select approver_id, approved, denied, seconds::float8, quick from usage_approvals
       where $3::date is null and day between $1::date and $2::date) p
     group by approver_id)
   select approved, denied, seconds, quick from people where (select count(*) from people) >= ${leastPeople}
   order by approved + denied desc, seconds, denied limit ${most}`,
);
