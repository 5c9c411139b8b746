import { and, asc, eq, or, sql } from "drizzle-orm";
import { z } from "zod";
import type { Reader, Transaction } from "#db/client.ts";
import { campaigns, reviewAssignments, reviewItems } from "#db/schema/reviews.ts";
import { staff } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { idSchema, newId } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { sentence } from "#lib/kernel/sentence.ts";
import { ownAccounts } from "#lib/staff/own-accounts.ts";
import { readStaff } from "#lib/staff/queries.ts";
import { may } from "#lib/staff/rights.ts";
import { isUndecided } from "./held.ts";
import { holdItems } from "./hold.ts";

export const handOnSchema = z.object({
  campaignId: idSchema,
  /** One item, by its number; without it, all that this reviewer has left to decide. */
  number: z.coerce.number().int().min(1).optional(),
  from: idSchema.optional(),
  to: z.uuid("Choose who decides instead."),
  reason: sentence("Say in 10 to 500 characters why somebody else decides.", 500),
});
export type HandOnInput = z.infer<typeof handOnSchema>;
export type HandedOn = { slug: string; to: string; handed: number; left: string[] };

/**
 * Gives undecided items to another reviewer, by whoever has them or by compliance. What the new one may not review (their
 * own, what they gave, who they report to) stays where it is and is named. Refuses with `not_allowed`, `not_found`,
 * `ended`, or `conflict` where nothing can be handed on.
 */
export const handOn = (ctx: Ctx<StaffActor>, input: HandOnInput): Promise<Result<HandedOn>> =>
  transact(ctx, { event: "review.refused", body: { ...input } }, async (tx) => {
    if (!may(ctx.actor, "attest") && !may(ctx.actor, "run_reviews"))
      refuse("not_allowed", "The reviewer hands on, or compliance.");
    const [campaign] = await tx
      .select({ slug: campaigns.slug, status: campaigns.status })
      .from(campaigns)
      .where(eq(campaigns.id, input.campaignId))
      .for("share");
    if (!campaign) refuse("not_found", "There is no such review.");
    if (campaign.status === "closed") refuse("ended", "The review is closed: it stays as it is.");
    const to = await readStaff(tx, input.to);
    if (to?.status !== "active") refuse("not_found", "Nobody here to whom you may hand it on.");

    const wanted = await readItems(tx, ctx.actor, input);
    await holdItems(
      tx,
      wanted.map(({ id }) => id),
    );
    // Another statement, so that it sees what was decided while we waited.
    const open = await readItems(tx, ctx.actor, input);
    const items = open.filter(({ reviewerId }) => reviewerId !== to.id);
    if (items.length === 0)
      refuse(
        "not_found",
        "There is nothing of this that you may hand on. Nobody chooses who reviews themselves.",
      );
    const left: string[] = [];
    for (const item of items) {
      if (item.conflict) {
        left.push(`${item.name}, ${item.role}`);
        continue;
      }
      const entryId = await recordAudit(tx, ctx, {
        event: "review.handed_on",
        body: {
          what: `Handed item ${item.number}, ${item.name} as ${item.role}, on to ${to.name}: “${input.reason}”`,
          campaign_id: input.campaignId,
          campaign: campaign.slug,
          item_id: item.id,
          number: item.number,
          person: item.staffId,
          role: item.role,
          from: item.reviewerId,
          to: to.id,
          to_name: to.name,
          reason: input.reason,
        },
      });
      await tx.insert(reviewAssignments).values({
        ...{ id: newId(), itemId: item.id, reviewerId: to.id, how: "handed_on" },
        ...{ assignedBy: ctx.actor.id, reason: input.reason, entryId },
      });
    }
    const handed = items.length - left.length;
    if (handed === 0)
      refuse(
        "conflict",
        `${to.name} may not decide on this: it is their own, they gave it, or they report to the person.`,
      );
    return { slug: campaign.slug, to: to.name, handed, left };
  });

/**
 * What can be handed on of what was asked for: undecided, and the caller's to review unless they run reviews; never what
 * is about themselves, nor what they may not review, but by its reviewer.
 */
const handable = (actor: StaffActor, asked: Pick<HandOnInput, "campaignId" | "from" | "number">) =>
  and(
    eq(reviewItems.campaignId, asked.campaignId),
    isUndecided,
    asked.number === undefined ? undefined : eq(reviewItems.number, asked.number),
    asked.from === undefined ? undefined : eq(reviewItems.reviewerId, asked.from),
    sql`${reviewItems.staffId} not in ${ownAccounts(actor.id)}`,
    may(actor, "run_reviews")
      ? or(
          eq(reviewItems.reviewerId, actor.id),
          sql`review_conflict(${actor.id}::uuid, ${reviewItems}) is null`,
        )
      : eq(reviewItems.reviewerId, actor.id),
  );

const found = {
  id: reviewItems.id,
  number: reviewItems.number,
  name: reviewItems.name,
  role: reviewItems.role,
  staffId: reviewItems.staffId,
  reviewerId: reviewItems.reviewerId,
};

const readItems = (tx: Transaction, actor: StaffActor, input: HandOnInput) =>
  tx
    .select({
      ...found,
      conflict: sql<string | null>`review_conflict(${input.to}::uuid, ${reviewItems})`,
    })
    .from(reviewItems)
    .where(handable(actor, input))
    .orderBy(asc(reviewItems.number));

/** The same for the page that asks to whom. */
export const readHandable = (
  db: Reader,
  actor: StaffActor,
  asked: Pick<HandOnInput, "campaignId" | "from" | "number">,
) =>
  db
    .select({ ...found, reviewer: staff.name })
    .from(reviewItems)
    .leftJoin(staff, eq(staff.id, reviewItems.reviewerId))
    .where(handable(actor, asked))
    .orderBy(asc(reviewItems.number));
