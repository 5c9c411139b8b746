import { sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import type { Day } from "#lib/kernel/days.ts";
import { lastDayBefore } from "./reminder-rules.ts";

/** What waits for somebody in an open review: items to decide, and tasks outside that are late. */
export type Waiting = {
  campaignId: string;
  slug: string;
  firstDay: Day;
  lastDay: Day;
  companyZone: string;
  openedAt: string;
  dueAt: string;
  /** Null: nobody's, so compliance's to see to. */
  personId: string | null;
  name: string | null;
  /** Theirs, or the company's. */
  zone: string;
  managerId: string | null;
  managerName: string | null;
  /** Whether they may still do it: else compliance is told, and they are not. */
  able: boolean;
  open: number;
  lateTasks: number;
  lastReminded: Day | null;
};

/** Whoever has something to do in an open review; of one review and person alone, where it says so. */
export async function readWaiting(
  db: Reader,
  only: { campaignId: string; reviewerId: string } | null,
): Promise<Waiting[]> {
  const one = only
    ? sql`where w.campaign_id = ${only.campaignId}::uuid and w.person = ${only.reviewerId}::uuid`
    : sql``;
  const { rows } = await db.execute<Waiting>(sql`
    with undecided as (select campaign_id, reviewer_id as person, 1 as item, 0 as task from undecided_items),
    -- Its owner's until it is done; then whoever reviewed the item looks again, unless it was themselves who did it.
    late as (
      select i.campaign_id, case when m.done_at is null or m.result = 'still_possible' then m.owner_id
          when i.reviewer_id <> m.owner_id then i.reviewer_id end as person, 0 as item, 1 as task
      from review_remediations m join review_items i on i.id = m.item_id join campaigns c on c.id = i.campaign_id
      where m.kind = 'outside' and (m.result is null or m.result = 'still_possible')
        and c.status = 'open' and m.due_on < (clock_timestamp() at time zone c.zone)::date),
    w as (
      select campaign_id, person, sum(item)::integer as open, sum(task)::integer as tasks
      from (select * from undecided union all select * from late) both_ group by campaign_id, person)
    select c.id as "campaignId", c.slug, c.first_day::text as "firstDay", c.last_day::text as "lastDay", c.zone as "companyZone",
      c.opened_at::text as "openedAt", c.due_at::text as "dueAt", s.id as "personId", s.name, coalesce(s.zone, c.zone) as zone,
      m.id as "managerId", m.name as "managerName", w.open, w.tasks as "lateTasks",
      coalesce(s.status = 'active' and (w.open = 0 or holds_role(s.id, 'manager') or holds_role(s.id, 'compliance')), false) as able,
      (select max(r.day)::text from review_reminders r where r.campaign_id = c.id and r.reviewer_id is not distinct from s.id) as "lastReminded"
    from w join campaigns c on c.id = w.campaign_id left join staff s on s.id = w.person
      left join staff m on m.id = s.manager_id and m.status = 'active' ${one}
    order by c.id, s.id`);
  return rows;
}

/** What the rule of reminders needs to know. */
export const reminderFacts = (one: Waiting) => ({
  dueDay: lastDayBefore(new Date(one.dueAt), one.companyZone),
  openedAt: new Date(one.openedAt),
  zone: one.zone,
  lastDay: one.lastReminded,
  open: one.open,
  lateTasks: one.lateTasks,
});
