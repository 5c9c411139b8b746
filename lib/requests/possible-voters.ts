import { readAtOnce } from "#db/at-once.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Requirement } from "#lib/policy/requirements.ts";
import type { Approver } from "#lib/staff/queries.ts";
import { atWorkMinutes } from "#lib/staff/rules.ts";

/** Whose vote would count on what this actor asked now, by any of what it wants; who is at work first. */
export const possibleVoters = (
  ctx: Ctx<StaffActor>,
  wanted: readonly Requirement[],
): Promise<Approver[]> =>
  wanted.length === 0
    ? Promise.resolve([])
    : readAtOnce(ctx, select.part(ctx.actor.id, JSON.stringify(wanted)));

const select = preparedStatement<Approver>(
  "possible_voters",
  `select s.id, s.name, s.team, s.zone, exists (select 1 from staff_sign_ins i where i.staff_id = s.id and i.ended_at is null
       and i.last_active_at > clock_timestamp() - make_interval(mins => ${atWorkMinutes})) as "atWork"
   from staff s
   where s.kind = 'person' and exists (select 1 from roles_held h where h.staff_id = s.id and h.role in ('manager', 'compliance'))
     and exists (select 1 from jsonb_to_recordset($2::jsonb) as w(by text)
       where vote_counts(s.id, $1::uuid, clock_timestamp(), w.by))
   order by "atWork" desc, s.name`,
);
