import { eq } from "drizzle-orm";
import { campaigns, reviewClosings } from "#db/schema/reviews.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { type IfRefused, transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { readUndecided, refusalBefore } from "./before-closing.ts";
import type { CloseInput } from "./close-campaign.ts";
import { settledAtOnce } from "./closing.ts";
import { periodInWords } from "./rules.ts";
import { mayExcept, undecidedByFate } from "./settle.ts";

/**
 * Puts a closing on record that has too much to settle for one request, once it is sure that nothing is in its way: the
 * worker carries it on, and nobody decides any more. Gives the review; null where there is so little that it is settled at once.
 */
export const askClosing = (
  ctx: Ctx<StaffActor>,
  ifRefused: IfRefused,
  { campaignId, statement, ...form }: CloseInput,
): Promise<Result<{ slug: string } | null>> =>
  transact(ctx, ifRefused, async (tx) => {
    if ((await readUndecided(tx, campaignId)).length <= settledAtOnce) return null;
    const [campaign] = await tx
      .select()
      .from(campaigns)
      .where(eq(campaigns.id, campaignId))
      .for("update");
    const refusal = await refusalBefore({ ...ctx, db: tx }, campaignId);
    if (refusal || !campaign)
      refuse(refusal?.code ?? "not_found", refusal?.message ?? "There is no such review.");
    const { revoked, excepted } = await undecidedByFate(tx, campaignId);
    const answers = await mayExcept(tx, ctx, { campaignId, ...form }, excepted);
    const { ownerId = null, expiresOn = null } = answers ?? {};
    const entryId = await recordAudit(tx, ctx, {
      event: "review.closing",
      body: {
        what: `Asked to close the review of ${periodInWords(campaign.firstDay, campaign.lastDay)}: ${revoked.length} undecided rights to take, ${excepted.length} to except. “${statement}”`,
        campaign_id: campaignId,
        campaign: campaign.slug,
        policy: (await currentPolicy(tx)).version,
        to_revoke: revoked.length,
        to_except: excepted.length,
        statement,
        owner: ownerId ?? undefined,
        expires: expiresOn ?? undefined,
      },
    });
    await tx.insert(reviewClosings).values({
      id: newId(),
      campaignId,
      closerId: ctx.actor.id,
      statement,
      ownerId,
      expiresOn,
      entryId,
    });
    return { slug: campaign.slug };
  });
