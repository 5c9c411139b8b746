import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { campaigns, reviewItems } from "#db/schema/reviews.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { recordRefusal, transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { sentence } from "#lib/kernel/sentence.ts";
import { askClosing } from "./ask-closing.ts";
import { refusalBefore } from "./before-closing.ts";
import { periodInWords } from "./rules.ts";
import { exceptUndecided, revokeUndecided } from "./settle.ts";

export const closeSchema = z.object({
  campaignId: idSchema,
  statement: sentence("State in 20 to 2,000 characters what you sign.", 2000, 20),
  /** Asked where an exception is made of what nobody decided; a form that does not ask has neither. */
  ownerEmail: z
    .string()
    .trim()
    .min(1, "Give the e-mail of who answers for it.")
    .max(254, "At most 254 characters.")
    .default(""),
  expiresOn: z.iso.date("Give the day on which the exception is over.").default(""),
});
export type CloseInput = z.infer<typeof closeSchema>;

/**
 * Compliance closes a review in which they decided nothing; from then on it stays as it is. What nobody decided is never
 * approved: once the review is late it is revoked by policy, and tried, or excepted on somebody's account. Everything that
 * can keep it from closing is looked at first; then what is taken is taken in one transaction, or nothing is. What could
 * not be tried at once is tried by the worker, and the review is closed after it. Where there is more to settle than one
 * request can, the worker carries it on, and the review is closed when all is settled.
 */
export async function closeCampaign(
  ctx: Ctx<StaffActor>,
  input: CloseInput,
): Promise<Result<{ slug: string }>> {
  const ifRefused = { event: "review.refused" as const, body: { campaign_id: input.campaignId } };
  const before = await refusalBefore(ctx, input.campaignId);
  if (before) {
    await recordRefusal(ctx, ifRefused, before);
    return { ok: false, error: before };
  }
  const asked = await askClosing(ctx, ifRefused, input);
  if (!asked.ok) return asked;
  if (asked.value) return { ok: true, value: asked.value };
  const revoked = await revokeUndecided(ctx, ifRefused, input);
  if (!revoked.ok) return revoked;
  return transact(ctx, ifRefused, (tx) => closeIn(tx, ctx, input, null));
}

/** Excepts what is left and closes, in the caller's transaction; as it was asked for, where that was before. */
export async function closeIn(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  { campaignId, statement, ...form }: CloseInput,
  asked: { id: string; entryId: string } | null,
): Promise<{ slug: string }> {
  const [campaign] = await tx
    .select()
    .from(campaigns)
    .where(eq(campaigns.id, campaignId))
    .for("update");
  if (!campaign) refuse("not_found", "There is no such review.");
  if (campaign.status === "closed") refuse("ended", "The review is closed: it stays as it is.");
  await exceptUndecided(tx, ctx, { campaignId, ...form });
  const refusal = await refusalBefore({ ...ctx, db: tx }, campaignId, asked?.id);
  if (refusal) refuse(refusal.code, refusal.message);
  const counts = await tx
    .select({ decision: reviewItems.decision, items: sql<number>`count(*)::integer` })
    .from(reviewItems)
    .where(eq(reviewItems.campaignId, campaignId))
    .groupBy(reviewItems.decision);
  const of = (decision: string | null) =>
    counts.find((one) => one.decision === decision)?.items ?? 0;
  const entryId = await recordAudit(tx, ctx, {
    event: "review.closed",
    body: {
      what: `Closed the review of ${periodInWords(campaign.firstDay, campaign.lastDay)}: ${of("keep")} kept, ${of("change")} changed, ${of("revoke")} revoked. “${statement}”`,
      campaign_id: campaignId,
      campaign: campaign.slug,
      keep: of("keep"),
      change: of("change"),
      revoke: of("revoke"),
      undecided: of(null),
      statement,
      opened_entry: campaign.openedEntryId,
      asked_entry: asked?.entryId,
    },
  });
  await tx
    .update(campaigns)
    .set({
      ...{ status: "closed", closedAt: sql`clock_timestamp()`, closedBy: ctx.actor.id },
      ...{ statement, closedEntryId: entryId },
    })
    .where(eq(campaigns.id, campaignId));
  return { slug: campaign.slug };
}
