import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import { policyBody } from "#lib/policy/policy.ts";
import { leastPeople } from "#lib/usage/spread.ts";
import type { Closed } from "./campaign.ts";

const figures = z.object({
  progress: z.array(z.object({ day: z.string(), decided: z.number() })),
  lastDay: z.string(),
  weeks: z.array(z.object({ monday: z.string(), looking: z.number(), acting: z.number() })),
  hours: z.array(z.object({ weekday: z.number(), hour: z.number(), value: z.number() })),
  teams: z.array(
    z.object({
      team: z.string(),
      people: z.number(),
      low: z.number(),
      median: z.number(),
      high: z.number(),
      dots: z.array(z.object({ value: z.number(), people: z.number() })),
    }),
  ),
  votes: z.array(z.object({ monday: z.string(), approved: z.number(), denied: z.number() })),
  /** Seconds from an ask to a vote on it. */
  medianWait: z.number().nullable(),
  approvers: z.number(),
  workingHours: policyBody.shape.workingHours,
});
export type Plots = z.infer<typeof figures>;

/**
 * What the plots of a review show, from rows that nothing changes: when sessions started, by whom and where, who voted
 * when. Days, weeks and hours are those of the review's zone; teams are those of the population.
 */
export async function readPlots(db: Database, campaign: Closed): Promise<Plots> {
  const { id, startsAt, throughAt, openedAt, closedAt, dueAt, zone } = campaign;
  const at = (time: Date) => sql`${time.toISOString()}::timestamptz`;
  const local = (time: ReturnType<typeof sql>) => sql`(${time} at time zone ${zone}::text)`;
  const mondays = sql`generate_series(date_trunc('week', ${local(at(startsAt))}),
    ${local(at(throughAt))} - interval '1 microsecond', interval '1 week') as w(monday)`;
  const { rows } = await db.execute(sql`
    with held as materialized (
      select s.actor_id, s.account_id, s.scope, s.started_at at time zone ${zone}::text as began from sessions s
       where s.started_at >= ${at(startsAt)} and s.started_at < ${at(throughAt)}),
    voted as materialized (
      select v.vote, v.approver_id, v.created_at at time zone ${zone}::text as on_day,
        extract(epoch from v.created_at - r.created_at) as seconds
      from (select distinct staff_id from review_items where campaign_id = ${id}::uuid and role = 'manager') m
        join approvals v on v.approver_id = m.staff_id
          and v.created_at >= ${at(startsAt)} and v.created_at < ${at(throughAt)}
        join requests r on r.id = v.request_id),
    reach as materialized (
      select t.team, count(distinct h.account_id)::integer as accounts from held h
        join (select distinct staff_id, team from review_items where campaign_id = ${id}::uuid and role = 'agent') t
          on t.staff_id = h.actor_id
       group by h.actor_id, t.team)
    select
      (select coalesce(json_agg(json_build_object('day', to_char(p.day, 'YYYY-MM-DD'), 'decided', p.decided) order by p.day), '[]') from (
        select d.day, (sum(coalesce(n.decided, 0)) over (order by d.day))::integer as decided
          from generate_series(${local(at(openedAt))}::date::timestamp, ${local(at(closedAt))}::date::timestamp,
            interval '1 day') as d(day)
          left join (select ${local(sql`x.decided_at`)}::date as day, count(*) as decided
              from review_items i join review_decisions x on x.id = i.decision_id
             where i.campaign_id = ${id}::uuid group by 1) n on n.day = d.day) p) as progress,
      to_char(${local(at(dueAt))} - interval '1 microsecond', 'YYYY-MM-DD') as "lastDay",
      (select json_agg(json_build_object('monday', to_char(w.monday, 'YYYY-MM-DD'), 'looking', coalesce(n.looking, 0),
          'acting', coalesce(n.acting, 0)) order by w.monday) from ${mondays} left join (
        select date_trunc('week', began) as monday, count(*) filter (where scope = 'read') as looking,
          count(*) filter (where scope = 'write') as acting from held group by 1) n on n.monday = w.monday) as weeks,
      (select coalesce(json_agg(h), '[]') from (
        select extract(isodow from began)::integer as weekday, extract(hour from began)::integer as hour, count(*) as value
          from held group by 1, 2 order by 1, 2) h) as hours,
      (select coalesce(json_agg(json_build_object('team', t.team, 'people', t.people, 'low', t.low, 'median', t.median,
          'high', t.high, 'dots', (select json_agg(json_build_object('value', d.accounts, 'people', d.n) order by d.accounts) from (
            select accounts, count(*) as n from reach r where r.team = t.team group by accounts) d)) order by t.people desc, t.team collate "C"), '[]')
        from (select team, count(*) as people, round(percentile_cont(0.1) within group (order by accounts))::integer as low,
            percentile_disc(0.5) within group (order by accounts) as median,
            round(percentile_cont(0.9) within group (order by accounts))::integer as high
          from reach group by team having count(*) >= ${leastPeople} order by count(*) desc, team collate "C" limit 8) t) as teams,
      (select json_agg(json_build_object('monday', to_char(w.monday, 'YYYY-MM-DD'), 'approved', coalesce(n.approved, 0),
          'denied', coalesce(n.denied, 0)) order by w.monday) from ${mondays} left join (
        select date_trunc('week', on_day) as monday, count(*) filter (where vote = 'approve') as approved,
          count(*) filter (where vote = 'deny') as denied from voted group by 1) n on n.monday = w.monday) as votes,
      (select round(percentile_disc(0.5) within group (order by seconds))::integer from voted) as "medianWait",
      (select count(distinct approver_id) from voted)::integer as approvers,
      (select body -> 'workingHours' from policy_versions where version = ${campaign.policyVersion}) as "workingHours"`);
  return figures.parse({ ...rows[0], workingHours: rows[0]?.workingHours ?? undefined });
}
