import type { Reader } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { Requirement } from "#lib/policy/requirements.ts";
import type { Scope, Sensitivity } from "#lib/vocabulary.ts";

export type Standing = {
  id: string;
  number: number;
  /** Whose approval stands. */
  approvers: string[];
  /** When it is over, as the database writes it. */
  until: string;
};

type For = {
  actorId: string;
  accountId: string;
  productId: string;
  ticket: string;
  scope: Scope;
  minutes: number;
  wanted: readonly Requirement[];
  /** What makes the subject sensitive now. */
  because: readonly Sensitivity[];
};

/**
 * The approval that stands for an ask like this: of the same actor for the same account and ticket, no narrower, no shorter,
 * not ended, with votes that hold now, meet what this ask wants, and came by a fresh sign-in where that is wanted. Null without one. The schema asks the same again of
 * every grant and start (`standing_refusal`).
 */
export async function standingFor(db: Reader, ask: For): Promise<Standing | null> {
  const { actorId, accountId, productId, ticket, scope, minutes, wanted, because } = ask;
  const [found] = await select(
    db,
    ...[actorId, accountId, productId, ticket, scope, minutes, JSON.stringify(wanted)],
    JSON.stringify(because),
  );
  return found ?? null;
}

const select = preparedStatement<Standing>(
  "standing_for",
  `select p.id, p.number, p.granted_at + make_interval(hours => stands_for(p)) as until,
     array(select s.name from approvals v join staff s on s.id = v.approver_id
       where v.request_id = p.id and v.vote = 'approve' order by v.created_at) as approvers
   from requests p
   where p.standing_hours is not null and p.actor_id = $1 and p.account_id = $2 and p.product_id = $3 and p.ticket = $4
     and (p.scope = 'write' or $5 = 'read') and p.granted_minutes >= $6 and p.standing_ended_at is null and not before_suspension(p)
     and (p.status = 'used' or (p.status = 'granted' and p.start_by > clock_timestamp()))
     and p.created_at > clock_timestamp() - interval '49 hours'
     and p.granted_at + make_interval(hours => stands_for(p)) > clock_timestamp()
     and votes_meet(p, $7::jsonb) and votes_prove(p, array(select jsonb_array_elements_text($8::jsonb)))
   order by p.granted_at desc limit 1`,
);
