import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Ctx } from "#lib/kernel/context.ts";

const rows = z.object({
  signIns: z.number(),
  subject: z.string().nullable(),
  scope: z.enum(["read", "write"]).nullable(),
  requests: z.array(z.number()),
  standing: z.array(z.number()),
  votes: z.array(z.number()),
  items: z.number(),
});
/** What is somebody's now, and would be over: sign-ins, whom they are in as, requests, what stands by them and votes by number, review items. */
export type WouldEnd = z.infer<typeof rows>;

/** What suspending this person would end, for who is about to. */
export async function readWouldEnd({ db }: Ctx, staffId: string): Promise<WouldEnd> {
  const id = sql`${staffId}::uuid`;
  const open = sql`q.status in ('pending', 'granted')
    and coalesce(q.start_by, q.lapses_at) > clock_timestamp()`;
  const { rows: found } = await db.execute(sql`
    select (select count(*)::int from staff_sign_ins i where i.staff_id = ${id} and i.ended_at is null
        and i.created_at > clock_timestamp() - interval '12 hours') as "signIns",
      live.name as subject, live.scope,
      array(select q.number from requests q where q.actor_id = ${id} and ${open} order by q.number) as requests,
      array(select q.number from requests q where q.actor_id = ${id} and q.status = 'used' and q.standing_hours is not null
        and q.standing_ended_at is null and q.created_at > clock_timestamp() - interval '49 hours'
        and q.granted_at + make_interval(hours => q.standing_hours) > clock_timestamp() order by q.number) as standing,
      array(select q.number from requests q join approvals v on v.request_id = q.id
        where v.approver_id = ${id} and v.vote = 'approve' and ${open} order by q.number) as votes,
      (select count(*)::int from review_items r join campaigns c on c.id = r.campaign_id
        where r.reviewer_id = ${id} and r.decision_id is null and r.ended_at is null and c.status = 'open') as items
    from (select 1) as one left join lateral (
      select u.name, case when s.narrowed_at is null then s.scope else 'read' end as scope from sessions s join subjects u on u.id = s.subject_id
      where s.actor_id = ${id} and s.ended_at is null and s.expires_at > clock_timestamp() limit 1) live on true`);
  return rows.parse(found[0]);
}
