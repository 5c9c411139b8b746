import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { campaigns, reviewCorrections, reviewItems } from "#db/schema/reviews.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { idSchema, newId } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { sentence } from "#lib/kernel/sentence.ts";
import { may } from "#lib/staff/rights.ts";

export const correctSchema = z.object({
  campaignId: idSchema,
  /** Of the item that it is about; empty: the whole review. */
  number: z
    .union([z.literal(""), z.coerce.number("Give the item's number.").int().min(1)])
    .transform((number) => (number === "" ? null : number)),
  correction: sentence("Say in 10 to 2,000 characters what was wrong and what is right.", 2000),
});
export type CorrectInput = z.infer<typeof correctSchema>;

/**
 * Puts right beside a closed review what turned out wrong; the review itself stays as it was. Refuses with
 * `not_allowed`, `not_found`, and `conflict` while it is open.
 */
export const correct = (
  ctx: Ctx<StaffActor>,
  { campaignId, number, correction }: CorrectInput,
): Promise<Result<{ id: string; slug: string }>> =>
  transact(ctx, { event: "review.refused", body: { campaign_id: campaignId } }, async (tx) => {
    if (!may(ctx.actor, "run_reviews")) refuse("not_allowed", "Only compliance corrects a review.");
    const [campaign] = await tx
      .select({ slug: campaigns.slug, status: campaigns.status, closing: campaigns.closedEntryId })
      .from(campaigns)
      .where(eq(campaigns.id, campaignId));
    if (!campaign) refuse("not_found", "There is no such review.");
    if (campaign.status === "open")
      refuse("conflict", "The review is open: what is wrong in it is put right itself.");
    const [item] =
      number === null
        ? []
        : await tx
            .select({ id: reviewItems.id })
            .from(reviewItems)
            .where(and(eq(reviewItems.campaignId, campaignId), eq(reviewItems.number, number)));
    if (number !== null && !item)
      refuse("invalid", "One answer needs another look.", {
        fields: { number: "This review has no item with that number." },
      });
    const entryId = await recordAudit(tx, ctx, {
      event: "review.corrected",
      body: {
        what: `Corrected ${campaign.slug}${number === null ? "" : `, item ${number}`}: “${correction}”`,
        campaign_id: campaignId,
        campaign: campaign.slug,
        number,
        item_id: item?.id ?? null,
        corrects: campaign.closing,
        correction,
      },
    });
    const id = newId();
    await tx.insert(reviewCorrections).values({
      ...{ id, campaignId, itemId: item?.id ?? null, correction },
      ...{ madeBy: ctx.actor.id, entryId },
    });
    return { id, slug: campaign.slug };
  });
