import { and, asc, desc, eq, gt, isNull, lt, ne, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Reader } from "#db/client.ts";
import { campaigns, reviewDecisions, reviewItems } from "#db/schema/reviews.ts";
import { staff } from "#db/schema/staff.ts";
import { isHeld, isUndecided } from "./held.ts";
import type { Item } from "./item.ts";

const decider = alias(staff, "decider");

const columns = {
  id: reviewDecisions.id,
  decision: reviewDecisions.decision,
  justification: reviewDecisions.justification,
  decidedBy: decider.name,
  decidedAs: reviewDecisions.decidedAs,
  decidedAt: reviewDecisions.decidedAt,
  signInHow: reviewDecisions.signInHow,
  signInAge: reviewDecisions.signInAge,
  conflictCheck: reviewDecisions.conflictCheck,
  seconds: reviewDecisions.seconds,
  inBulk: reviewDecisions.inBulk,
  sampleOpened: reviewDecisions.sampleOpened,
  sampleSize: reviewDecisions.sampleSize,
  slug: campaigns.slug,
  firstDay: campaigns.firstDay,
  lastDay: campaigns.lastDay,
};

const decisions = (db: Reader) =>
  db
    .select(columns)
    .from(reviewDecisions)
    .innerJoin(reviewItems, eq(reviewItems.id, reviewDecisions.itemId))
    .innerJoin(campaigns, eq(campaigns.id, reviewItems.campaignId))
    .leftJoin(decider, eq(decider.id, reviewDecisions.decidedBy));
export type DecisionView = Awaited<ReturnType<typeof decisions>>[number];

/** Every decision on an item, the newest first; the newest counts. */
export const readDecisions = (db: Reader, itemId: string): Promise<DecisionView[]> =>
  decisions(db)
    .where(eq(reviewDecisions.itemId, itemId))
    .orderBy(desc(reviewDecisions.decidedAt))
    .limit(50);

/** What was decided on the same role of the same person in the review before, also of the same days; null where there was none. */
export async function readLastDecision(db: Reader, item: Item): Promise<DecisionView | null> {
  const [row] = await decisions(db)
    .where(
      and(
        eq(reviewItems.staffId, item.personId),
        eq(reviewItems.role, item.role),
        sql`(${campaigns.firstDay}, ${campaigns.openedAt}) < (select first_day, opened_at from campaigns where id = ${item.campaign.id})`,
        eq(reviewDecisions.id, reviewItems.decisionId),
      ),
    )
    .orderBy(desc(campaigns.firstDay), desc(campaigns.openedAt), desc(reviewDecisions.decidedAt))
    .limit(1);
  return row ?? null;
}

const isSettled = sql`(${reviewItems.decision} is not null
  or exists (select 1 from standing_exceptions x where x.item_id = ${reviewItems.id}))`;

/** Where an item stands among those of its reviewer in its campaign, with its neighbours by number. */
export async function readPlace(db: Reader, item: Item) {
  if (!item.reviewerId) return null;
  const isOf = and(
    eq(reviewItems.campaignId, item.campaign.id),
    eq(reviewItems.reviewerId, item.reviewerId),
    isNull(reviewItems.endedAt),
    // What was taken meanwhile is nothing to decide, as the review's own counts have it.
    or(isSettled, isHeld),
  );
  const [counts] = await db
    .select({
      all: sql<number>`count(*)::integer`,
      /** Whether this item is one of them. */
      isIn: sql<boolean>`coalesce(bool_or(${reviewItems.number} = ${item.number}), false)`,
      place: sql<number>`(count(*) filter (where ${reviewItems.number} <= ${item.number}))::integer`,
      decided: sql<number>`(count(*) filter (where ${isSettled}))::integer`,
      decidedNumbers: sql<
        number[]
      >`coalesce(array_agg(${reviewItems.number} order by ${reviewItems.number}) filter (where ${isSettled}), '{}')`,
      numbers: sql<
        number[]
      >`coalesce((array_agg(${reviewItems.number} order by ${reviewItems.number}))[1:60], '{}')`,
    })
    .from(reviewItems)
    .where(isOf);
  const [next] = await db
    .select({ number: reviewItems.number })
    .from(reviewItems)
    .where(and(isOf, gt(reviewItems.number, item.number)))
    .orderBy(asc(reviewItems.number))
    .limit(1);
  const [previous] = await db
    .select({ number: reviewItems.number })
    .from(reviewItems)
    .where(and(isOf, lt(reviewItems.number, item.number)))
    .orderBy(desc(reviewItems.number))
    .limit(1);
  if (!counts) return null;
  return { ...counts, next: next?.number ?? null, previous: previous?.number ?? null };
}
export type Place = NonNullable<Awaited<ReturnType<typeof readPlace>>>;

/** The next item that this reviewer has still to decide, after `number` or from the beginning; null when all are. */
export async function nextOpen(
  db: Reader,
  slug: string,
  reviewerId: string,
  number: number,
): Promise<number | null> {
  const [row] = await db
    .select({ number: reviewItems.number })
    .from(reviewItems)
    .innerJoin(campaigns, eq(campaigns.id, reviewItems.campaignId))
    .where(
      and(
        eq(campaigns.slug, slug),
        eq(reviewItems.reviewerId, reviewerId),
        isUndecided,
        ne(reviewItems.number, number),
      ),
    )
    .orderBy(sql`${reviewItems.number} < ${number}`, asc(reviewItems.number))
    .limit(1);
  return row?.number ?? null;
}

/** The review of this address where this reader has an item; null for any other. */
export async function readOwnCampaign(db: Reader, slug: string, reviewerId: string) {
  const [row] = await db
    .select({
      firstDay: campaigns.firstDay,
      lastDay: campaigns.lastDay,
      status: campaigns.status,
    })
    .from(campaigns)
    .where(
      and(
        eq(campaigns.slug, slug),
        sql`exists (select 1 from ${reviewItems} i where i.campaign_id = ${campaigns.id} and i.reviewer_id = ${reviewerId})`,
      ),
    );
  return row ?? null;
}
