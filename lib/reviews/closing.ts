import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Reader } from "#db/client.ts";
import { campaigns, reviewClosings } from "#db/schema/reviews.ts";
import { staff } from "#db/schema/staff.ts";

/** A closing settles as many undecided items at once; where there are more, the worker carries it on. */
export const settledAtOnce = 50;

const closer = alias(staff, "closing_closer");
const owner = alias(staff, "closing_owner");

const closings = (db: Reader) =>
  db
    .select({
      id: reviewClosings.id,
      campaignId: reviewClosings.campaignId,
      closerId: reviewClosings.closerId,
      closerName: closer.name,
      statement: reviewClosings.statement,
      ownerEmail: owner.email,
      expiresOn: reviewClosings.expiresOn,
      at: reviewClosings.at,
      entryId: reviewClosings.entryId,
      policy: sql<string | null>`entry_says(${reviewClosings.entryId}, 'policy')`,
      stoppedAt: reviewClosings.stoppedAt,
      stoppedWhy: reviewClosings.stoppedWhy,
    })
    .from(reviewClosings)
    .innerJoin(campaigns, eq(campaigns.id, reviewClosings.campaignId))
    .innerJoin(closer, eq(closer.id, reviewClosings.closerId))
    .leftJoin(owner, eq(owner.id, reviewClosings.ownerId));

export type Closing = Awaited<ReturnType<typeof closings>>[number];

const isUnderWay = and(isNull(reviewClosings.stoppedAt), eq(campaigns.status, "open"));

/** The closing of a review that is under way; null where none is. */
export async function readClosing(db: Reader, campaignId: string): Promise<Closing | null> {
  const [row] = await closings(db).where(
    and(eq(reviewClosings.campaignId, campaignId), isUnderWay),
  );
  return row ?? null;
}

/** The last closing that was asked for in a review, also where it stopped. */
export async function readLastClosing(db: Reader, campaignId: string): Promise<Closing | null> {
  const [row] = await closings(db)
    .where(eq(reviewClosings.campaignId, campaignId))
    .orderBy(desc(reviewClosings.at))
    .limit(1);
  return row ?? null;
}

/** Those that the worker carries on: one of each open review at most. */
export const readClosingsUnderWay = (db: Reader): Promise<Closing[]> =>
  closings(db).where(isUnderWay).orderBy(reviewClosings.at).limit(100);
