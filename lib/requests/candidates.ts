import type { Reader } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { Candidate } from "./ring-rules.ts";

/** Who may decide now, and who has approved; whoever is at work first, by name. */
export async function readCandidates(
  db: Reader,
  requestId: string,
  rings: { activeMinutes: number },
): Promise<Candidate[]> {
  const rows = await candidates(db, requestId, rings.activeMinutes);
  return rows.map(({ own, manager, compliance, ...row }) => ({
    ...row,
    fits: [
      ...(own ? (["own_manager"] as const) : []),
      ...(manager ? (["manager"] as const) : []),
      ...(compliance ? (["compliance"] as const) : []),
    ],
  }));
}

type CandidateRow = Omit<Candidate, "fits"> & {
  own: boolean;
  manager: boolean;
  compliance: boolean;
};
const candidates = preparedStatement<CandidateRow>(
  "ring_candidates",
  `select s.id, s.name, c.approved,
      exists (select 1 from staff_sign_ins i where i.staff_id = s.id and i.ended_at is null
        and i.last_active_at > clock_timestamp() - make_interval(mins => $2::integer)) as active,
      exists (select 1 from request_asks a where a.request_id = r.id and a.approver_id = s.id) as asked,
      vote_counts(s.id, r.actor_id, r.created_at, 'own_manager') as own,
      vote_counts(s.id, r.actor_id, r.created_at, 'manager') as manager,
      vote_counts(s.id, r.actor_id, r.created_at, 'compliance') as compliance
    from requests r, lateral (
      select e.id, false as approved from eligible_approvers(r.id) as e(id)
      union all
      select v.approver_id, true from approvals v where v.request_id = r.id and v.vote = 'approve') c
    join staff s on s.id = c.id
    where r.id = $1::uuid
    order by active desc, s.name, s.id`,
);
