import { preparedStatement } from "#db/prepared.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Requirement } from "#lib/policy/requirements.ts";
import type { Scope, Sensitivity } from "#lib/vocabulary.ts";

/** An approval that stands for the reader at an account, as the start form offers it. */
export type OwnStanding = {
  id: string;
  number: number;
  ticket: string;
  /** The longest session that it lets start. */
  minutes: number;
  scopes: Scope[];
  approvers: string[];
  until: Date;
};

type At = {
  accountId: string;
  productId: string;
  wants: Record<Scope, readonly Requirement[]>;
  /** What makes the subject sensitive now. */
  because: readonly Sensitivity[];
};

/**
 * What stands for the reader at this account, the newest first, by what an ask there wants today. An offer only: the ask
 * itself looks again (`standingFor`), and so does the schema.
 */
export async function readOwnStanding(
  ctx: Ctx<StaffActor>,
  { accountId, productId, wants, because }: At,
): Promise<OwnStanding[]> {
  const wanted = [wants.read, wants.write, because].map((one) => JSON.stringify(one));
  const rows = await select(ctx.db, ctx.actor.id, accountId, productId, ...wanted);
  return rows.map(({ read, write, until, ...row }) => ({
    ...row,
    scopes: [...(read ? (["read"] as const) : []), ...(write ? (["write"] as const) : [])],
    until: new Date(until),
  }));
}

type StandingRow = Omit<OwnStanding, "scopes" | "until"> & {
  read: boolean;
  write: boolean;
  until: string;
};
const select = preparedStatement<StandingRow>(
  "own_standing",
  `select * from (
     select p.id, p.number, p.ticket, p.granted_minutes as minutes,
       votes_meet(p, $4::jsonb) as read, p.scope = 'write' and votes_meet(p, $5::jsonb) as write,
       p.granted_at + make_interval(hours => stands_for(p)) as until,
       array(select s.name from approvals v join staff s on s.id = v.approver_id
         where v.request_id = p.id and v.vote = 'approve' order by v.created_at) as approvers
     from requests p
     where p.standing_hours is not null and p.actor_id = $1::uuid and p.account_id = $2::uuid and p.product_id = $3::uuid
       and p.ticket is not null and p.standing_ended_at is null and not before_suspension(p)
       and (p.status = 'used' or (p.status = 'granted' and p.start_by > clock_timestamp()))
       and p.created_at > clock_timestamp() - interval '49 hours'
       and p.granted_at + make_interval(hours => stands_for(p)) > clock_timestamp()
       and votes_prove(p, array(select jsonb_array_elements_text($6::jsonb)))
     order by p.granted_at desc limit 5) o
   where o.read or o.write`,
);
