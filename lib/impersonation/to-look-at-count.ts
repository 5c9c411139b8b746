import { readAtOnce } from "#db/at-once.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { may } from "#lib/staff/rights.ts";

/** A count goes up to it, and of what nobody in particular is asked about so many are looked at: each is a question of who may. */
const most = 100;

export type ToLookAtCount = {
  count: number;
  /** Among those that were not looked at there may be others. */
  more: boolean;
};

const toLookAt = preparedStatement<ToLookAtCount>(
  "to_look_at_count",
  // Who could once decide, and is not here any more, one by one: an index asked for all of them at once compares each row
  // with each of them. Where all who were asked are gone, the first of them stands for them. Whoever was only ever an agent
  // was asked about nothing.
  `with loose as materialized (
      (select d.session_id, 'nobody' as asked from session_reviews_due d
        where d.reviewed_at is null and d.asked = '{}' order by d.since desc, d.session_id desc limit ${most})
      union all
      (select d.session_id, 'gone' from staff g, lateral (select d.session_id from session_reviews_due d
          where d.reviewed_at is null and d.asked @> array[g.id] and d.asked[1] = g.id
            and not exists (select from staff p where p.id = any (d.asked) and p.status = 'active') limit ${most}) d
        where g.status <> 'active' and exists (select from staff_roles r where r.staff_id = g.id and r.role <> 'agent')
        limit ${most})),
    mine as (select count(*)::integer as n from (select from session_reviews_due d
      where d.reviewed_at is null and d.asked @> array[$1::uuid] limit ${most}) d),
    others as (select count(*)::integer as n from (select from loose
      where coalesce(session_review_refusal($1::uuid, session_id), '') in ('', 'session_review_live')
        limit (select ${most} - n from mine)) d)
  select least(mine.n + others.n, ${most}) as count,
    mine.n + others.n >= ${most} or exists (select from loose group by asked having count(*) >= ${most}) as more
  from mine, others`,
);

/** How many sessions wait for this reader's word, at most 100; for the navigation, on every page. */
export async function readToLookAtCount(ctx: Ctx<StaffActor>): Promise<ToLookAtCount> {
  const none = { count: 0, more: false };
  if (!may(ctx.actor, "review_sessions")) return none;
  const [row] = await readAtOnce(ctx, toLookAt.part(ctx.actor.id));
  return row ?? none;
}
