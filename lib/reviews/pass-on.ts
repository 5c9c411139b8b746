import { sql } from "drizzle-orm";
import { type Reader, transaction } from "#db/client.ts";
import { reviewAssignments } from "#db/schema/reviews.ts";
import { type Entry, entryRow, writeEntries } from "#lib/audit/record.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Assignment, Role } from "#lib/vocabulary.ts";
import { assigning } from "./assigning.ts";
import { holdItems } from "./hold.ts";
import { passedOnWords, type WhyPassedOn } from "./passed-on-words.ts";

/**
 * Hands on, by the rule that gave the items out, what is undecided and has nobody who may decide it: their reviewer was
 * deactivated, is no manager nor of compliance any more or no person, reports to the person by now, or has turned out to be
 * the person, or who gave the right, by another account. Where the rule finds nobody,
 * the item is nobody's, on record, and compliance is told. A part of the worker's round, which goes on until nothing is due,
 * a page in each transaction; gives how many it moved. One that fails does not keep the others, and comes again in the
 * next round. @throws the first failure, after the rest.
 */
export async function passOnDue(ctx: Ctx): Promise<number> {
  const failures: unknown[] = [];
  let moved = 0;
  let page: Due[] = [];
  do {
    page = await readDue(ctx.db, page.at(-1) ?? null);
    const due = page.filter(({ fromId, toId }) => fromId !== toId);
    moved += await passOn(ctx, due).catch(() => oneByOne(ctx, due, failures));
  } while (page.length >= perPage);
  if (failures.length > 0) throw failures[0];
  return moved;
}

/** What keeps a page from being stored is one of it, most likely. */
async function oneByOne(ctx: Ctx, due: readonly Due[], failures: unknown[]): Promise<number> {
  let moved = 0;
  for (const one of due)
    await passOn(ctx, [one]).then(
      (some) => (moved += some),
      (error: unknown) => failures.push(error),
    );
  return moved;
}

const perPage = 100;

type Due = {
  itemId: string;
  campaignId: string;
  slug: string;
  number: number;
  personId: string;
  name: string;
  role: Role;
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
      select s.person_id, b.person_id from staff s join staff b on b.id = s.manager_id
        where s.person_id in (select r.person_id from staff r where r.id in (select reviewer_id from waiting))
      union select u.person, b.person_id from upwards u join staff s on s.person_id = u.boss join staff b on b.id = s.manager_id),
    able as materialized (
      select distinct r.staff_id from roles_held r join staff p on p.id = r.staff_id
      where r.role in ('manager', 'compliance') and p.kind = 'person'),
    due as materialized (
      select w.*, case when r.id is null then 'nobody' when r.status <> 'active' then 'deactivated' when r.kind <> 'person' then 'service'
          when r.id not in (select staff_id from able) then 'role' when r.person_id = p.person_id then 'own'
          when r.person_id = giver.person_id then 'gave' else 'reports' end as why, r.name as reviewer
      from waiting w join staff p on p.id = w.staff_id
        left join staff r on r.id = w.reviewer_id left join staff giver on giver.id = w.granted_by
      where (w.reviewer_id is null or w.reviewer_id not in (select staff_id from able)
        or r.person_id = p.person_id or r.person_id = giver.person_id
        or exists (select 1 from upwards u where u.person = r.person_id and u.boss = p.person_id)) ${since}
      order by w.reviewer_id is null, w.campaign_id, w.number limit ${perPage}),
    held as (select distinct grant_id, staff_id, role, granted_at, granted_by, name from due),
    ${sql.raw(assigning)}
    select d.id as "itemId", d.campaign_id as "campaignId", c.slug, d.number, d.staff_id as "personId", d.name, d.role, d.reviewer_id as "fromId", d.reviewer as "fromName",
      d.why, t.id as "toId", t.name as "toName", g.reviewer_how as how
    from due d join campaigns c on c.id = d.campaign_id join given g on g.grant_id = d.grant_id left join staff t on t.id = g.reviewer_id
    order by d.reviewer_id is null, d.campaign_id, d.number`);
  return rows;
}

/** Those that are still as they were read, once they are held. The schema asks again whether it is so. */
const passOn = (ctx: Ctx, due: readonly Due[]): Promise<number> =>
  transaction(ctx.db, async (tx) => {
    if (due.length === 0) return 0;
    const ids = due.map(({ itemId }) => itemId);
    await holdItems(tx, ids);
    const { rows } = await tx.execute<{ id: string; reviewerId: string | null }>(
      sql`select id, reviewer_id as "reviewerId" from undecided_items where id = any(${sql.param(ids)}::uuid[])`,
    );
    const has = new Map(rows.map(({ id, reviewerId }) => [id, reviewerId]));
    const still = new Map(
      due.filter((one) => has.get(one.itemId) === one.fromId).map((one) => [one.itemId, one]),
    );
    const moved = [...still.values()].map((one) => {
      const entry = entryRow(ctx, entryOf(one));
      const { itemId, toId: reviewerId, how } = one;
      const row = { id: newId(), itemId, reviewerId, how, assignedBy: null, reason: reasonOf(one) };
      return { entry, row: { ...row, entryId: entry.id } };
    });
    if (moved.length === 0) return 0;
    await writeEntries(
      tx,
      moved.map(({ entry }) => entry),
    );
    await tx.insert(reviewAssignments).values(moved.map(({ row }) => row));
    return moved.length;
  });

const reasonOf = ({ why, fromName, name }: Due): string => passedOnWords(why, fromName, name);

function entryOf(one: Due): Entry {
  const { itemId, campaignId, slug, number, personId, name, role } = one;
  const { fromId, toId, toName, how } = one;
  const reason = reasonOf(one);
  return {
    event: "review.assigned",
    body: {
      ...{ item_id: itemId, campaign: slug, number, person: personId, name, role },
      what: toName
        ? `Handed item ${number}, ${name} as ${role}, on to ${toName} by rule: ${reason}`
        : `Told compliance that nobody is left who may decide item ${number}, ${name} as ${role}: ${reason}`,
      to: toId ? "reviewer" : "compliance",
      campaign_id: campaignId,
      from: fromId,
      reviewer: toId,
      reviewer_name: toName,
      how,
      reason,
    },
  };
}
