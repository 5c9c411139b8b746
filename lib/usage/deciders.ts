import { preparedStatement } from "#db/prepared.ts";

/** What one person decided, and for whom. */
export type Decider = {
  approverId: string;
  name: string;
  approved: number;
  denied: number;
  /** From the ask to the decision, on average. */
  seconds: number;
  /** Approved in less than the policy's `quickSeconds`. */
  quick: number;
  /** For those agents whom one of these decided for most often. */
  pairs: Pair[];
};
export type Pair = {
  actorId: string;
  actorName: string;
  decided: number;
  quick: number;
  /** Of all decisions on requests of this actor. */
  ofAll: number;
};

/**
 * Whoever decided most, `$3` of them, each beside the `$4` agents with the largest pairs; `$5`: only this person. The
 * days `$1` to `$2` are the whole quarter `$6` or, if null, none.
 */
export const deciders = preparedStatement<Decider>(
  "usage_deciders",
  `with pairs as materialized (
     select approver_id, actor_id, approved, denied, seconds::float8 as seconds, quick from usage_pairs where quarter = $6::date
     union all
     select approver_id, actor_id, sum(approved)::integer, sum(denied)::integer, sum(seconds)::float8, sum(quick)::integer
     from usage_approvals where $6::date is null and day between $1::date and $2::date group by approver_id, actor_id),
   most as materialized (
     select approver_id, sum(approved)::bigint as approved, sum(denied)::bigint as denied,
       (sum(seconds) / sum(approved + denied))::bigint as seconds, sum(quick)::bigint as quick
     from pairs where $5::uuid is null or approver_id = $5 group by approver_id
     order by sum(approved + denied) desc, approver_id limit $3),
   agents as materialized (
     select p.actor_id, max(p.approved + p.denied) as largest from pairs p join most m on m.approver_id = p.approver_id
     group by p.actor_id order by 2 desc, 1 limit $4),
   totals as materialized (
     select p.actor_id, sum(p.approved + p.denied)::bigint as n from pairs p join agents a on a.actor_id = p.actor_id
     group by p.actor_id)
   select m.approver_id as "approverId", s.name, m.approved, m.denied, m.seconds, m.quick, (
     select coalesce(json_agg(json_build_object('actorId', a.actor_id, 'actorName', o.name,
       'decided', coalesce(p.approved + p.denied, 0), 'quick', coalesce(p.quick, 0), 'ofAll', t.n) order by a.largest desc, a.actor_id), '[]')
     from agents a join staff o on o.id = a.actor_id join totals t on t.actor_id = a.actor_id
     left join pairs p on p.approver_id = m.approver_id and p.actor_id = a.actor_id) as pairs
   from most m join staff s on s.id = m.approver_id order by m.approved + m.denied desc, m.approver_id`,
);
