import type { Transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { FindingsPolicy } from "#lib/policy/findings-policy.ts";
import type { Pair, Vote } from "./facts.ts";
import { explainedSql } from "./ticket-then.ts";

type Row = Omit<Vote, "at" | "askedAt"> & { at: string; askedAt: string };

const voteColumns = `v.request_id as "requestId", r.number, v.approver_id as "approverId", r.actor_id as "actorId",
  p.name as actor, r.subject_id as "subjectId", u.name as subject, r.account_id as "accountId", a.name as account,
  extract(epoch from r.created_at) * 1000 as "askedAt", extract(epoch from v.created_at) * 1000 as at,
  ${explainedSql("r.account_id", "p.email", "r.created_at", "e.occurred_at")} as explained`;
const voteTables = `join staff p on p.id = r.actor_id join subjects u on u.id = r.subject_id
  join accounts a on a.id = r.account_id join audit_entry e on e.id = r.asked_entry_id`;

const selectQuick = preparedStatement<Row>(
  "findings_quick_votes",
  `with new as (select approver_id, min(created_at) - interval '30 days' as low, max(created_at) as high
     from approvals where request_id = any($1::uuid[]) and vote = 'approve' group by 1)
   select ${voteColumns} from new n
     join approvals v on v.approver_id = n.approver_id and v.created_at between n.low and n.high and v.vote = 'approve'
     join requests r on r.id = v.request_id and v.created_at <= r.created_at + make_interval(secs => $2) ${voteTables}`,
);

const selectPairs = preparedStatement<Omit<Pair, "votes"> & { until: string }>(
  "findings_pairs",
  `with new as (select r.actor_id, max(v.created_at) as high from approvals v join requests r on r.id = v.request_id
     where v.request_id = any($1::uuid[]) and v.vote = 'approve' group by 1),
   given as (select n.actor_id, v.approver_id, count(*)::integer as by_pair from new n
     join requests r on r.actor_id = n.actor_id and r.created_at between n.high - interval '90 days' and n.high
     join approvals v on v.request_id = r.id and v.vote = 'approve' group by 1, 2),
   most as (select *, sum(by_pair) over (partition by actor_id)::integer as of_actor from given)
   select m.actor_id as "actorId", m.approver_id as "approverId", b.name as approver, m.by_pair as "byPair",
     m.of_actor as "ofActor", t.of_team as "ofTeam", t.by_approver as "byApproverInTeam", n.high::text as until
   from most m join new n using (actor_id) join staff b on b.id = m.approver_id join staff p on p.id = m.actor_id,
     lateral (select count(*)::integer as of_team,
         count(*) filter (where v.approver_id = m.approver_id)::integer as by_approver
       from staff q join requests r on r.actor_id = q.id and r.created_at between n.high - interval '90 days' and n.high
         join approvals v on v.request_id = r.id and v.vote = 'approve'
       where q.team = p.team and q.id <> p.id) t
   where m.by_pair >= $2 and m.by_pair >= $3::float8 * m.of_actor`,
);

const selectOfPair = preparedStatement<Row>(
  "findings_votes_of_pair",
  `select ${voteColumns} from requests r join approvals v on v.request_id = r.id and v.vote = 'approve' ${voteTables}
   where r.actor_id = $1 and v.approver_id = $2
     and r.created_at between $3::timestamptz - interval '90 days' and $3::timestamptz
   order by v.created_at`,
);

const voteIn = (row: Row): Vote => ({ ...row, at: Number(row.at), askedAt: Number(row.askedAt) });

/** Approvals within seconds by those who approved now, in the 30 days before. */
export const loadQuick = async (
  tx: Transaction,
  approved: readonly string[],
  { quickSeconds }: FindingsPolicy,
): Promise<Vote[]> =>
  approved.length === 0 ? [] : (await selectQuick(tx, approved, quickSeconds)).map(voteIn);

/** Pairs of actor and approver of whom one decides nearly all of the other, with what was decided in 90 days. */
export async function loadPairs(
  tx: Transaction,
  approved: readonly string[],
  { pairRequests, pairShare }: FindingsPolicy,
): Promise<Pair[]> {
  if (approved.length === 0) return [];
  const pairs: Pair[] = [];
  for (const { until, ...pair } of await selectPairs(tx, approved, pairRequests, pairShare)) {
    const votes = await selectOfPair(tx, pair.actorId, pair.approverId, until);
    pairs.push({ ...pair, votes: votes.map(voteIn) });
  }
  return pairs;
}
