import { notFound } from "next/navigation";
import { cache } from "react";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { isOpened, readCampaign } from "#lib/reviews/campaigns.ts";
import { quarterOf } from "#lib/reviews/rules.ts";

/** The review of an address, as far as this reader may see it; read once for the page and its title. */
export const reviewOf = cache(async (slug: string) => {
  const ctx = await requireStaff("see_reviews");
  return { ctx, campaign: await readCampaign(ctx, slug) };
});

/** The same for what only compliance does with it. */
export const reviewToRun = async (slug: string) => {
  const ctx = await requireStaff("run_reviews");
  const campaign = await readCampaign(ctx, slug);
  if (!campaign) notFound();
  return { ctx, campaign };
};

/**
 * The days of a review, or of a quarter that has none, for its figures; not found for whoever has nothing in a review
 * that there is.
 */
export const daysToRead = async (slug: string) => {
  const { ctx, campaign } = await reviewOf(slug);
  if (campaign) return { ctx, days: campaign };
  const days = quarterOf(slug);
  if (!days || (await isOpened(ctx.db, slug))) notFound();
  return { ctx, days };
};
