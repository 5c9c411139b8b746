import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Reader, Transaction } from "#db/client.ts";
import { campaigns, reviewItems, standingExceptions } from "#db/schema/reviews.ts";
import { staff, staffRoles } from "#db/schema/staff.ts";
import { isUndecided } from "./held.ts";
import type { ItemAddress } from "./item-schemas.ts";

const reviewer = alias(staff, "reviewer");
const taker = alias(staff, "taker");

const columns = {
  id: reviewItems.id,
  number: reviewItems.number,
  grantId: reviewItems.grantId,
  personId: reviewItems.staffId,
  name: reviewItems.name,
  email: reviewItems.email,
  team: reviewItems.team,
  kind: reviewItems.kind,
  status: reviewItems.status,
  managerId: reviewItems.managerId,
  managerName: reviewItems.managerName,
  role: reviewItems.role,
  scopes: reviewItems.scopes,
  privileged: reviewItems.privileged,
  source: reviewItems.source,
  grantedAt: reviewItems.grantedAt,
  grantedBy: staffRoles.grantedBy,
  grantedByName: reviewItems.grantedByName,
  endedAt: reviewItems.endedAt,
  lastUsedAt: reviewItems.lastUsedAt,
  sessions: reviewItems.sessions,
  openFindings: reviewItems.openFindings,
  reviewerId: reviewItems.reviewerId,
  reviewerHow: reviewItems.reviewerHow,
  reviewerName: reviewer.name,
  decisionId: reviewItems.decisionId,
  decision: reviewItems.decision,
  remediatedAt: reviewItems.remediatedAt,
  lookingOnly: staffRoles.lookingOnly,
  revokedAt: staffRoles.revokedAt,
  revokedByName: taker.name,
  excepted: sql<boolean>`${standingExceptions.id} is not null`,
  campaign: {
    id: campaigns.id,
    slug: campaigns.slug,
    firstDay: campaigns.firstDay,
    lastDay: campaigns.lastDay,
    startsAt: campaigns.startsAt,
    endsAt: campaigns.endsAt,
    throughAt: campaigns.throughAt,
    dueAt: campaigns.dueAt,
    status: campaigns.status,
    seed: campaigns.seed,
    zone: campaigns.zone,
  },
};

const items = (db: Reader, where: SQL | undefined) =>
  db
    .select(columns)
    .from(reviewItems)
    .innerJoin(campaigns, eq(campaigns.id, reviewItems.campaignId))
    .innerJoin(staffRoles, eq(staffRoles.id, reviewItems.grantId))
    .leftJoin(reviewer, eq(reviewer.id, reviewItems.reviewerId))
    .leftJoin(taker, eq(taker.id, staffRoles.revokedBy))
    .leftJoin(standingExceptions, eq(standingExceptions.itemId, reviewItems.id))
    .where(where);

export type Item = Awaited<ReturnType<typeof items>>[number];

/** One item with its campaign and its grant as it is now; null when there is none. */
export async function readItem(db: Reader, id: string): Promise<Item | null> {
  const [row] = await items(db, eq(reviewItems.id, id));
  return row ?? null;
}

export async function findItem(db: Reader, { slug, number }: ItemAddress): Promise<Item | null> {
  const [row] = await items(db, and(eq(campaigns.slug, slug), eq(reviewItems.number, number)));
  return row ?? null;
}

/**
 * The item, held together with its campaign, so that a closing or another decision is before this or after it.
 * Refuses with `ended` where the campaign is closed.
 */
export async function lockItem(tx: Transaction, id: string): Promise<Item | null> {
  if (!(await readItem(tx, id))) return null;
  await tx.execute(sql`select open_item(${id})`);
  // Another statement, so that it sees what was committed while we waited.
  return readItem(tx, id);
}

/** What a reviewer still has to decide in a campaign, by number, what is not privileged only; 200 at most. */
export const readOpenForBulk = (db: Reader, slug: string, reviewerId: string) =>
  items(
    db,
    and(
      eq(campaigns.slug, slug),
      eq(reviewItems.reviewerId, reviewerId),
      eq(reviewItems.privileged, false),
      isUndecided,
    ),
  )
    .orderBy(asc(reviewItems.number))
    .limit(200);

/** What the rules of a decision need to know of an item. */
export const factsOf = (item: Item) => ({
  name: item.name,
  role: item.role,
  isOpen: item.campaign.status === "open",
  endedAt: item.endedAt,
  decision: item.decision,
  privileged: item.privileged,
  isGone: item.revokedAt !== null,
  isExcepted: item.excepted,
  lookingOnly: item.lookingOnly,
});

/** What an entry about an item carries. */
export const aboutItem = (item: Item) => ({
  item_id: item.id,
  campaign: item.campaign.slug,
  number: item.number,
  person: item.personId,
  name: item.name,
  role: item.role,
});

/** Every right that the person had in the period, as it was at the opening: this item's and the others. */
export const readRights = (db: Reader, { campaign, personId }: Item) =>
  db
    .select({
      id: reviewItems.id,
      number: reviewItems.number,
      role: reviewItems.role,
      scopes: reviewItems.scopes,
      source: reviewItems.source,
      grantedAt: reviewItems.grantedAt,
      grantedByName: reviewItems.grantedByName,
      endedAt: reviewItems.endedAt,
      lastUsedAt: reviewItems.lastUsedAt,
      decision: reviewItems.decision,
    })
    .from(reviewItems)
    .where(and(eq(reviewItems.staffId, personId), eq(reviewItems.campaignId, campaign.id)))
    .orderBy(asc(reviewItems.number))
    .limit(50);
export type Right = Awaited<ReturnType<typeof readRights>>[number];

/** From when a decision of this reader would count its seconds; null where they never opened the item. */
export async function readVisit(
  db: Reader,
  itemId: string,
  readerId: string,
): Promise<Date | null> {
  const found = await db.execute<{ began: string | null }>(
    sql`select at - make_interval(secs => review_seconds(${itemId}, ${readerId}, at)) as began from clock_timestamp() at`,
  );
  const began = found.rows[0]?.began;
  return began ? new Date(began) : null;
}
