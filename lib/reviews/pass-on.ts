import { sql } from "drizzle-orm";
import { type Reader, transaction } from "#db/client.ts";
import { reviewAssignments } from "#db/schema/reviews.ts";
import { recordAudit } from "#lib/audit/record.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Assignment } from "#lib/vocabulary.ts";
import { assigning } from "./assigning.ts";
import { aboutItem, lockItem } from "./item.ts";
import { passedOnWords, type WhyPassedOn } from "./passed-on-words.ts";

/**
 * Hands on, by the rule that gave the items out, what is undecided and has nobody who may decide it: their reviewer was
 * deactivated, is no manager nor of compliance any more or no person, or reports to the person by now. Where the rule finds nobody,
 * the item is nobody's, on record, and compliance is told. A part of the worker's round, which goes on until nothing is due,
 * each item in a transaction of its own; gives how many it moved. One that fails does not keep the others: the next round
 * takes it up. @throws the first failure, after the rest.
 */
export async function passOnDue(ctx: Ctx): Promise<number> {
  const failures: unknown[] = [];
  let moved = 0;
  let page: Due[] = [];
  do {
    page = await readDue(ctx.db, page.at(-1) ?? null);
    for (const one of page)
      if (one.fromId !== one.toId)
        await passOn(ctx, one).then(
          (isMoved) => (moved += Number(isMoved)),
          (error: unknown) => failures.push(error),
        );
  } while (page.length >= perPage);
  if (failures.length > 0) throw failures[0];
  return moved;
}

const perPage = 100;

type Due = {
  itemId: string;
  campaignId: string;
  number: number;
  /** Who has it; null: nobody could decide it before. */
  fromId: string | null;
  fromName: string | null;
  why: WhyPassedOn;
  toId: string | null;
  toName: string | null;
  how: Assignment | null;
};

/**
 * What somebody else may have to decide, and who, a hundred at once: what nobody has comes last, and stays as it is where
 * nobody may have it.
 */
async function readDue(db: Reader, after: Due | null): Promise<Due[]> {
  const since = after
    ? sql`and (w.reviewer_id is null, w.campaign_id, w.number) > (${after.fromId === null}, ${after.campaignId}::uuid, ${after.number}::integer)`
    : sql``;
  const { rows } = await db.execute<Due>(sql`with recursive
    waiting as materialized (
      select id, number, grant_id, staff_id, role, granted_at, granted_by, name, campaign_id, reviewer_id from undecided_items),
    upwards (person, boss) as (
      select s.id, s.manager_id from staff s where s.id in (select reviewer_id from waiting)
      union select u.person, s.manager_id from upwards u join staff s on s.id = u.boss),
    able as materialized (
      select distinct r.staff_id from roles_held r join staff p on p.id = r.staff_id
      where r.role in ('manager', 'compliance') and p.kind = 'person'),
    due as materialized (
      select w.*, case when r.id is null then 'nobody' when r.status <> 'active' then 'deactivated' when r.kind <> 'person' then 'service'
          when r.id not in (select staff_id from able) then 'role' else 'reports' end as why, r.name as reviewer
      from waiting w left join staff r on r.id = w.reviewer_id
      where (w.reviewer_id is null or w.reviewer_id not in (select staff_id from able)
        or exists (select 1 from upwards u where u.person = w.reviewer_id and u.boss = w.staff_id)) ${since}
      order by w.reviewer_id is null, w.campaign_id, w.number limit ${perPage}),
    held as (select distinct grant_id, staff_id, role, granted_at, granted_by, name from due),
    ${sql.raw(assigning)}
    select d.id as "itemId", d.campaign_id as "campaignId", d.number, d.reviewer_id as "fromId", d.reviewer as "fromName",
      d.why, t.id as "toId", t.name as "toName", g.reviewer_how as how
    from due d join given g on g.grant_id = d.grant_id left join staff t on t.id = g.reviewer_id
    order by d.reviewer_id is null, d.campaign_id, d.number`);
  return rows;
}

/** The schema asks again, of the item as it is held, whether it is so. */
const passOn = (ctx: Ctx, { itemId, fromId, fromName, why, toId, toName, how }: Due) =>
  transaction(ctx.db, async (tx) => {
    const item = await lockItem(tx, itemId);
    if (!item || item.reviewerId !== fromId || item.decision || item.excepted) return false;
    const reason = passedOnWords(why, fromName, item.name);
    const entryId = await recordAudit(tx, ctx, {
      event: "review.assigned",
      body: {
        ...aboutItem(item),
        what: toName
          ? `Handed item ${item.number}, ${item.name} as ${item.role}, on to ${toName} by rule: ${reason}`
          : `Told compliance that nobody is left who may decide item ${item.number}, ${item.name} as ${item.role}: ${reason}`,
        to: toId ? "reviewer" : "compliance",
        campaign_id: item.campaign.id,
        from: fromId,
        reviewer: toId,
        reviewer_name: toName,
        how,
        reason,
      },
    });
    await tx.insert(reviewAssignments).values({
      ...{ id: newId(), itemId, reviewerId: toId, how, assignedBy: null, reason, entryId },
    });
    return true;
  });
