import { and, desc, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Reader } from "#db/client.ts";
import {
  campaigns,
  reviewCorrections,
  reviewItems,
  rosterComparisons,
} from "#db/schema/reviews.ts";
import { staff } from "#db/schema/staff.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { keyset, type PageInput, placeAt, toPage } from "#lib/kernel/keyset.ts";
import { reach } from "#lib/staff/rights.ts";

const opener = alias(staff, "opener");
const closer = alias(staff, "closer");

const columns = {
  id: campaigns.id,
  slug: campaigns.slug,
  firstDay: campaigns.firstDay,
  lastDay: campaigns.lastDay,
  zone: campaigns.zone,
  startsAt: campaigns.startsAt,
  endsAt: campaigns.endsAt,
  throughAt: campaigns.throughAt,
  openedAt: campaigns.openedAt,
  openedBy: opener.name,
  dueAt: campaigns.dueAt,
  status: campaigns.status,
  counts: campaigns.counts,
  seed: campaigns.seed,
  policyVersion: campaigns.policyVersion,
  openedEntryId: campaigns.openedEntryId,
  closedAt: campaigns.closedAt,
  closedBy: closer.name,
  statement: campaigns.statement,
  closedEntryId: campaigns.closedEntryId,
};

const selectCampaigns = (db: Reader) =>
  db
    .select({ ...columns, place: placeAt(campaigns.openedAt) })
    .from(campaigns)
    .leftJoin(opener, eq(opener.id, campaigns.openedBy))
    .leftJoin(closer, eq(closer.id, campaigns.closedBy));

export type Campaign = Awaited<ReturnType<typeof selectCampaigns>>[number];

/** Those that this reader may see: all, or those with an item of theirs. */
const seen = ({ actor }: Ctx<StaffActor>) =>
  reach(actor, "see_reviews") === "all"
    ? undefined
    : sql`exists (select 1 from ${reviewItems} i where i.campaign_id = ${campaigns.id} and i.reviewer_id = ${actor.id})`;

export async function readCampaigns(ctx: Ctx<StaffActor>, input: PageInput) {
  const from = keyset(campaigns.openedAt, campaigns.id, input);
  const rows = await selectCampaigns(ctx.db)
    .where(and(seen(ctx), from.where))
    .orderBy(...from.orderBy)
    .limit(21);
  return toPage(rows, 20, from);
}

/** One by its address; null where there is none that this reader may see. */
export async function readCampaign(ctx: Ctx<StaffActor>, slug: string): Promise<Campaign | null> {
  const [row] = await selectCampaigns(ctx.db).where(and(seen(ctx), eq(campaigns.slug, slug)));
  return row ?? null;
}

/** Whether there is one at this address, whoever may see it. */
export async function isOpened(db: Reader, slug: string): Promise<boolean> {
  const rows = await db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(eq(campaigns.slug, slug));
  return rows.length > 0;
}

/** The query that gave the population, as it ran. */
export async function readQuery(db: Reader, campaignId: string): Promise<string> {
  const [row] = await db
    .select({ query: campaigns.query })
    .from(campaigns)
    .where(eq(campaigns.id, campaignId));
  return row?.query ?? "";
}

/** The newest comparison with the roster, in numbers; null before the first. */
export async function readComparison(db: Reader, campaignId: string) {
  const [row] = await db
    .select({
      id: rosterComparisons.id,
      at: rosterComparisons.at,
      by: staff.name,
      fileName: rosterComparisons.fileName,
      sha256: rosterComparisons.sha256,
      lines: rosterComparisons.lines,
      inBoth: rosterComparisons.inBoth,
      onlyHere: sql<number>`jsonb_array_length(${rosterComparisons.onlyInPanel})`,
      onlyThere: sql<number>`jsonb_array_length(${rosterComparisons.onlyInRoster})`,
      differ: sql<number>`jsonb_array_length(${rosterComparisons.differ})`,
    })
    .from(rosterComparisons)
    .innerJoin(staff, eq(staff.id, rosterComparisons.comparedBy))
    .where(eq(rosterComparisons.campaignId, campaignId))
    .orderBy(desc(rosterComparisons.at))
    .limit(1);
  return row ?? null;
}
export type Comparison = NonNullable<Awaited<ReturnType<typeof readComparison>>>;

export const readCorrections = (db: Reader, campaignId: string) =>
  db
    .select({
      id: reviewCorrections.id,
      correction: reviewCorrections.correction,
      at: reviewCorrections.at,
      by: staff.name,
      number: reviewItems.number,
      entryId: reviewCorrections.entryId,
    })
    .from(reviewCorrections)
    .innerJoin(staff, eq(staff.id, reviewCorrections.madeBy))
    .leftJoin(reviewItems, eq(reviewItems.id, reviewCorrections.itemId))
    .where(eq(reviewCorrections.campaignId, campaignId))
    .orderBy(reviewCorrections.at)
    .limit(200);
