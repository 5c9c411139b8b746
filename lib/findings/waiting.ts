import { readAtOnce } from "#db/at-once.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { reach } from "#lib/staff/rights.ts";

export type FindingsWaiting = {
  /** Open ones that this reader may see. */
  open: number;
  /** Questions to the reader that wait for an answer. */
  asked: number;
};

const waiting = preparedStatement<FindingsWaiting>(
  "findings_waiting",
  `select
    (select count(*)::integer from findings f where $2 <> 'none' and f.status = 'open' and f.actor_id <> $1::uuid
      and f.other_id is distinct from $1::uuid and case $2 when 'all' then true else f.actor_id = any (array(
        with recursive led(id) as (
          select id from staff where manager_id = $1::uuid
          union select s.id from staff s join led on s.manager_id = led.id)
        select id from led
        union select id from staff where team = (select team from staff where id = $1::uuid))) end) as open,
    (select count(*)::integer from findings f where f.actor_id = $1::uuid and f.status = 'open'
      and f.asked_at is not null and f.answered_at is null) as asked`,
);

/** What the navigation counts, on every page. */
export async function readWaiting(ctx: Ctx<StaffActor>): Promise<FindingsWaiting> {
  const [row] = await readAtOnce(ctx, waiting.part(ctx.actor.id, reach(ctx.actor, "see_findings")));
  if (!row) throw new Error("A count has a row");
  return row;
}
