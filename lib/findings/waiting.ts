import { readAtOnce } from "#db/at-once.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Reach, reach } from "#lib/staff/rights.ts";
import { visibleText } from "./visible.ts";

export type FindingsWaiting = {
  /** Open ones that this reader may see. */
  open: number;
  /** Questions to the reader that wait for an answer. */
  asked: number;
};

const waiting = (how: Reach) =>
  preparedStatement<FindingsWaiting>(
    `findings_waiting_${how}`,
    `select
      (select count(*)::integer from findings f where f.status = 'open' and ${visibleText(how, "$1")}) as open,
      (select count(*)::integer from findings f where f.actor_id = $1::uuid and f.status = 'open'
        and f.asked_at is not null and f.answered_at is null) as asked`,
  );

/** What the navigation counts, on every page. */
export async function readWaiting(ctx: Ctx<StaffActor>): Promise<FindingsWaiting> {
  const statement = waiting(reach(ctx.actor, "see_findings"));
  const [row] = await readAtOnce(ctx, statement.part(ctx.actor.id));
  if (!row) throw new Error("A count has a row");
  return row;
}
