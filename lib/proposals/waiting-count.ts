import { readAtOnce } from "#db/at-once.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { kindsDecidedBy } from "./rules.ts";

const waiting = preparedStatement<{ count: number }>(
  "proposals_waiting",
  `select count(*)::integer as count from proposals p
   where p.status = 'pending' and p.lapses_at > clock_timestamp() and p.kind = any (string_to_array($2, ' '))
     and not coalesce(same_person($1::uuid, p.proposed_by), false)
     and not coalesce(same_person($1::uuid, p.staff_id), false)`,
);

/** How many wait for this reader's decision; for the navigation, on every page. */
export async function readProposalsWaiting(ctx: Ctx<StaffActor>): Promise<number> {
  const kinds = kindsDecidedBy(ctx.actor);
  if (kinds.length === 0) return 0;
  const [row] = await readAtOnce(ctx, waiting.part(ctx.actor.id, kinds.join(" ")));
  return row?.count ?? 0;
}
