import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { readAtOnce } from "#db/at-once.ts";
import type { Reader } from "#db/client.ts";
import { preparedSelect, preparedStatement } from "#db/prepared.ts";
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
  reach(actor, "see_reviews") === "all" ? undefined : hasItemOf(sql`${actor.id}`);
const hasItemOf = (reader: SQL) =>
  sql`exists (select 1 from ${reviewItems} i where i.campaign_id = ${campaigns.id} and i.reviewer_id = ${reader})`;

export async function readCampaigns(ctx: Ctx<StaffActor>, input: PageInput) {
  const from = keyset(campaigns.openedAt, campaigns.id, input);
  const rows = await selectCampaigns(ctx.db)
    .where(and(seen(ctx), from.where))
    .orderBy(...from.orderBy)
    .limit(21);
  return toPage(rows, 20, from);
}

const bySlug = (name: string, where?: SQL) =>
  preparedSelect(
    name,
    {
      ...columns,
      openedBy: sql<string | null>`${opener.name}`,
      closedBy: sql<string | null>`${closer.name}`,
      place: sql<string>`${placeAt(campaigns.openedAt)}`,
    },
    (builder, selected) =>
      builder
        .select(selected)
        .from(campaigns)
        .leftJoin(opener, eq(opener.id, campaigns.openedBy))
        .leftJoin(closer, eq(closer.id, campaigns.closedBy))
        .where(and(eq(campaigns.slug, sql.placeholder("slug")), where)),
  );
const any = bySlug("review_campaign");
const own = bySlug("review_campaign_own", hasItemOf(sql`${sql.placeholder("reader")}::uuid`));

/** One by its address; null where there is none that this reader may see. */
export async function readCampaign(ctx: Ctx<StaffActor>, slug: string): Promise<Campaign | null> {
  const seesAll = reach(ctx.actor, "see_reviews") === "all";
  const part = seesAll ? any.part({ slug }) : own.part({ slug, reader: ctx.actor.id });
  const [row] = await readAtOnce(ctx, part);
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

const corrections = preparedSelect(
  "review_corrections",
  {
    id: reviewCorrections.id,
    correction: reviewCorrections.correction,
    at: reviewCorrections.at,
    by: staff.name,
    number: sql<number | null>`${reviewItems.number}`,
    entryId: reviewCorrections.entryId,
  },
  (builder, selected) =>
    builder
      .select(selected)
      .from(reviewCorrections)
      .innerJoin(campaigns, eq(campaigns.id, reviewCorrections.campaignId))
      .innerJoin(staff, eq(staff.id, reviewCorrections.madeBy))
      .leftJoin(reviewItems, eq(reviewItems.id, reviewCorrections.itemId))
      .where(eq(campaigns.slug, sql.placeholder("slug")))
      .orderBy(reviewCorrections.at)
      .limit(200),
);

/** For a reader of the campaign. */
export const readCorrections = (ctx: Ctx<StaffActor>, slug: string) =>
  readAtOnce(ctx, corrections.part({ slug }));

export type Agreement = Pick<Comparison, "inBoth" | "onlyHere" | "differ">;
const agreement = preparedStatement<Agreement>(
  "review_agreement",
  `select r.in_both as "inBoth", jsonb_array_length(r.only_in_panel) as "onlyHere", jsonb_array_length(r.differ) as differ
   from roster_comparisons r where r.campaign_id = (select id from campaigns where slug = $1) order by r.at desc limit 1`,
);

/** The least of it, for a page that reads more beside it: a roster may be of tens of thousands. */
export async function readAgreement(ctx: Ctx, slug: string): Promise<Agreement | null> {
  const [row] = await readAtOnce(ctx, agreement.part(slug));
  return row ?? null;
}
