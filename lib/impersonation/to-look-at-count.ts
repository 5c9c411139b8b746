import { readAtOnce } from "#db/at-once.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { may } from "#lib/staff/rights.ts";

/** Of what nobody in particular was asked about so many of the newest: a company where nobody looks waits for no count. */
const unasked = 200;

const toLookAt = preparedStatement<{ count: number }>(
  "to_look_at_count",
  `select least(a.n + u.n, 100) as count from
    (select count(*)::integer as n from (select from session_reviews_due d
      where d.reviewed_at is null and d.asked @> array[$1::uuid] limit 100) mine) a,
    (select count(*)::integer as n from (select d.session_id, d.asked from session_reviews_due d
      where d.reviewed_at is null order by d.since desc, d.session_id desc limit ${unasked}) d
      where not d.asked @> array[$1::uuid]
        and not exists (select from staff p where p.id = any (d.asked) and p.status = 'active')
        and coalesce(session_review_refusal($1::uuid, d.session_id), '') in ('', 'session_review_live')) u`,
);

/** How many sessions wait for this reader's word, at most 100; for the navigation, on every page. */
export async function readToLookAtCount(ctx: Ctx<StaffActor>): Promise<number> {
  if (!may(ctx.actor, "review_sessions")) return 0;
  const [row] = await readAtOnce(ctx, toLookAt.part(ctx.actor.id));
  return row?.count ?? 0;
}
