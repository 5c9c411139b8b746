import { sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Day } from "#lib/kernel/days.ts";
import { reach } from "#lib/staff/rights.ts";
import type { Role } from "#lib/vocabulary.ts";

/** How many of a list a page shows. */
export const overdueShown = 20;

export type Overdue = {
  id: string;
  slug: string;
  number: number;
  name: string;
  role: Role;
  /** What is to be done, or why it was left as it is. */
  what: string;
  ownerName: string;
  /** The day that is over. */
  until: Day;
};
export type LateTask = Overdue & { done: boolean };

/** Tasks outside of open reviews whose day is over, the oldest first: all of them, or of the items that the reader reviews. */
export async function readLateTasks({ db, actor }: Ctx<StaffActor>): Promise<LateTask[]> {
  const mine =
    reach(actor, "see_reviews") === "all" ? sql`` : sql`and i.reviewer_id = ${actor.id}::uuid`;
  const { rows } = await db.execute<LateTask>(sql`
    select m.id, c.slug, i.number, i.name, i.role, m.what, o.name as "ownerName", m.due_on::text as until, m.done_at is not null as done
    from review_remediations m join review_items i on i.id = m.item_id join campaigns c on c.id = i.campaign_id
      join staff o on o.id = m.owner_id
    where m.kind = 'outside' and (m.result is null or m.result = 'still_possible') and c.status = 'open'
      and m.due_on < (clock_timestamp() at time zone c.zone)::date ${mine}
    order by m.due_on, m.id limit ${overdueShown + 1}`);
  return rows;
}

/** Exceptions whose day is over while nothing came of them, the oldest first; of one owner alone, where there is one. */
export async function readOverExceptions(db: Reader, ownerId: string | null): Promise<Overdue[]> {
  const mine = ownerId === null ? sql`` : sql`where x.owner_id = ${ownerId}::uuid`;
  const { rows } = await db.execute<Overdue>(sql`
    select x.id, x.slug, x.number, x.name, x.role, x.reason as what, o.name as "ownerName", x.expires_on::text as until
    from over_exceptions x join staff o on o.id = x.owner_id ${mine}
    order by x.expires_on, x.id limit ${overdueShown + 1}`);
  return rows;
}

/**
 * Rights of open reviews that were taken and are there all the same, the oldest first: what the last try answered, who
 * decided, and when it was tried. All of them, or of the items that the reader reviews.
 */
export async function readStillThere({ db, actor }: Ctx<StaffActor>): Promise<Overdue[]> {
  const mine =
    reach(actor, "see_reviews") === "all" ? sql`` : sql`and i.reviewer_id = ${actor.id}::uuid`;
  const { rows } = await db.execute<Overdue>(sql`
    select m.id, c.slug, i.number, i.name, i.role, m.verified_how as what, coalesce(o.name, 'Nobody') as "ownerName",
      (m.verified_at at time zone c.zone)::date::text as until
    from review_remediations m join review_items i on i.id = m.item_id join campaigns c on c.id = i.campaign_id
      left join staff o on o.id = i.reviewer_id
    where m.kind <> 'outside' and m.result is distinct from 'refused' and m.verified_at is not null and c.status = 'open'
      and not exists (select from standing_exceptions x where x.item_id = i.id) ${mine}
    order by m.created_at, m.id limit ${overdueShown + 1}`);
  return rows;
}
