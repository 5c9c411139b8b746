import { eq } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { campaigns } from "#db/schema/reviews.ts";

/** Days of the company's zone, both included. */
export type ReviewPeriod = { slug: string; firstDay: string; lastDay: string; zone: string };

/** Which days a review is about; null where there is none. */
export async function periodOf(db: Reader, campaignId: string): Promise<ReviewPeriod | null> {
  const { slug, firstDay, lastDay, zone } = campaigns;
  const [row] = await db
    .select({ slug, firstDay, lastDay, zone })
    .from(campaigns)
    .where(eq(campaigns.id, campaignId));
  return row ?? null;
}
