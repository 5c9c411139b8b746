import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Reader, Transaction } from "#db/client.ts";
import { campaigns, reviewDecisions, reviewExceptions, reviewItems } from "#db/schema/reviews.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { recordRefusal, transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { type Refusal, type Result, refuse } from "#lib/kernel/result.ts";
import { lettersOf, typedText } from "#lib/kernel/typed-text.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { may } from "#lib/staff/rights.ts";
import type { Role } from "#lib/vocabulary.ts";
import { exceptItem } from "./except.ts";
import { revokeByPolicy } from "./revoke.ts";
import { periodTitle } from "./rules.ts";

export const closeSchema = z.object({
  campaignId: idSchema,
  statement: typedText.refine(
    (text) => lettersOf(text) >= 20 && lettersOf(text) <= 2000,
    "State in 20 to 2,000 characters what you sign.",
  ),
  /** Where the policy makes an exception of what nobody decided. */
  ownerEmail: z.string().trim().max(254).default(""),
  expiresOn: z.union([z.literal(""), z.iso.date()]).default(""),
});
export type CloseInput = z.infer<typeof closeSchema>;

/** An item that is in the way of a closing. */
export type Unsettled = {
  id: string;
  number: number;
  staffId: string;
  name: string;
  role: Role;
  /** Null: nobody may decide it. */
  reviewerId: string | null;
};

/**
 * Compliance closes a review in which they decided nothing; from then on it stays as it is. What nobody decided is never
 * approved: by policy it is revoked, and tried, or excepted on somebody's account. Each of those is on record by itself
 * before the closing, which is refused while anything is left.
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
  const undecided = await readUndecided(ctx.db, input.campaignId);
  const settled = await settle(ctx, input, undecided);
  if (settled) return { ok: false, error: settled };
  return transact(ctx, ifRefused, (tx) => close(tx, ctx, input));
}

/** What keeps this person from closing this review whatever they type, or null; also for the page. */
export async function refusalBefore(
  { db, actor }: Ctx<StaffActor>,
  campaignId: string,
): Promise<Refusal | null> {
  if (!may(actor, "run_reviews"))
    return { code: "not_allowed", message: "Only compliance closes a review." };
  const [campaign] = await db
    .select({ status: campaigns.status })
    .from(campaigns)
    .where(eq(campaigns.id, campaignId));
  if (!campaign) return { code: "not_found", message: "There is no such review." };
  if (campaign.status === "closed")
    return { code: "ended", message: "The review is closed: it stays as it is." };
  const [own] = await db
    .select({ number: reviewItems.number })
    .from(reviewDecisions)
    .innerJoin(reviewItems, eq(reviewItems.id, reviewDecisions.itemId))
    .where(and(eq(reviewItems.campaignId, campaignId), eq(reviewDecisions.decidedBy, actor.id)))
    .limit(1);
  if (own)
    return {
      code: "not_allowed",
      message: `You decided on item ${own.number} of this review, so somebody else closes it.`,
    };
  const mine = (await readUndecided(db, campaignId)).find((item) => item.staffId === actor.id);
  if (mine)
    return {
      code: "conflict",
      message: `Your own access, item ${mine.number}, is undecided: its reviewer decides on it before you close.`,
    };
  const unproved = await readUnproved(db, campaignId);
  const first = unproved[0];
  if (!first) return null;
  return {
    code: "conflict",
    message: `What was decided on ${first.name}, ${first.role}, is not carried out and proved yet${unproved.length > 1 ? `, nor on ${unproved.length - 1} more` : ""}.`,
  };
}

const unsettledColumns = {
  id: reviewItems.id,
  number: reviewItems.number,
  staffId: reviewItems.staffId,
  name: reviewItems.name,
  role: reviewItems.role,
  reviewerId: reviewItems.reviewerId,
};

/** What nobody decided yet, and what nobody excepted. */
export const readUndecided = (db: Reader, campaignId: string): Promise<Unsettled[]> =>
  db
    .select(unsettledColumns)
    .from(reviewItems)
    .leftJoin(reviewExceptions, eq(reviewExceptions.itemId, reviewItems.id))
    .where(
      and(
        eq(reviewItems.campaignId, campaignId),
        isNull(reviewItems.decision),
        isNull(reviewItems.endedAt),
        isNull(reviewExceptions.id),
      ),
    )
    .orderBy(asc(reviewItems.number));

/** What was decided, and what follows from it is not proved. */
const readUnproved = (db: Reader, campaignId: string): Promise<Unsettled[]> =>
  db
    .select(unsettledColumns)
    .from(reviewItems)
    .where(
      and(
        eq(reviewItems.campaignId, campaignId),
        sql`${reviewItems.decision} in ('change', 'revoke')`,
        isNull(reviewItems.remediatedAt),
      ),
    )
    .orderBy(asc(reviewItems.number))
    .limit(100);

/** By policy: revoked, or excepted. Gives what one of them was refused for. */
async function settle(
  ctx: Ctx<StaffActor>,
  { ownerEmail, expiresOn }: CloseInput,
  undecided: Unsettled[],
): Promise<Refusal | null> {
  if (undecided.length === 0) return null;
  const { reviews } = await currentPolicy(ctx.db);
  if (reviews.undecided === "exception" && (!ownerEmail || !expiresOn))
    return {
      code: "invalid",
      message: "Say who answers for what nobody decided, and until when.",
      fields: {
        ...(ownerEmail ? {} : { ownerEmail: "Give the e-mail of who answers for it." }),
        ...(expiresOn ? {} : { expiresOn: "Give the day on which the exception is over." }),
      },
    };
  for (const { id } of undecided) {
    const result =
      reviews.undecided === "revoke"
        ? await revokeByPolicy(ctx, id)
        : await exceptItem(ctx, {
            ...{ itemId: id, ownerEmail, expiresOn },
            reason: "Nobody decided it before the review was closed; the policy says exception.",
          });
    // Somebody decided it at the last moment: then it is decided.
    if (!result.ok && result.error.code !== "already_decided") return result.error;
  }
  return null;
}

async function close(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  { campaignId, statement }: CloseInput,
): Promise<{ slug: string }> {
  const [campaign] = await tx
    .select()
    .from(campaigns)
    .where(eq(campaigns.id, campaignId))
    .for("update");
  if (!campaign) refuse("not_found", "There is no such review.");
  if (campaign.status === "closed") refuse("ended", "The review is closed: it stays as it is.");
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
      what: `Closed the review of ${periodTitle(campaign.firstDay, campaign.lastDay)}: ${of("keep")} kept, ${of("change")} changed, ${of("revoke")} revoked. “${statement}”`,
      campaign_id: campaignId,
      campaign: campaign.slug,
      keep: of("keep"),
      change: of("change"),
      revoke: of("revoke"),
      undecided: of(null),
      statement,
      opened_entry: campaign.openedEntryId,
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
