import { notFound } from "next/navigation";
import { cache } from "react";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { readCampaign } from "#lib/reviews/campaigns.ts";

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
