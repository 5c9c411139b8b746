import { and, asc, eq, inArray } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { campaigns, reviewItems } from "#db/schema/reviews.ts";

/** The number of each person's item as an agent in a review, by the person's id; who has none is not in it. */
export async function itemNumbers(
  db: Reader,
  slug: string,
  staffIds: readonly string[],
): Promise<Map<string, number>> {
  if (staffIds.length === 0) return new Map();
  const rows = await db
    .select({ staffId: reviewItems.staffId, number: reviewItems.number })
    .from(reviewItems)
    .innerJoin(campaigns, eq(campaigns.id, reviewItems.campaignId))
    .where(
      and(
        eq(campaigns.slug, slug),
        inArray(reviewItems.staffId, [...staffIds]),
        eq(reviewItems.role, "agent"),
      ),
    )
    // Of two, the grant that is still held comes last and stays.
    .orderBy(asc(reviewItems.endedAt), asc(reviewItems.number));
  return new Map(rows.map(({ staffId, number }) => [staffId, number]));
}
