import { and, eq, isNull } from "drizzle-orm";
import { clock } from "#db/client.ts";
import { slackIdentities } from "#db/schema/slack.ts";
import { staff } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { may } from "#lib/staff/rights.ts";

/** Ends the link of somebody to Slack: one's own, or, by an admin, anybody's. Refuses with `not_allowed`, `not_found`. */
export const unlinkSlack = (
  ctx: Ctx<StaffActor>,
  { staffId }: { staffId: string },
): Promise<Result<{ staffId: string }>> =>
  transact(ctx, { event: "slack.refused", body: { staff: staffId } }, async (tx) => {
    if (staffId !== ctx.actor.id && !may(ctx.actor, "change_settings"))
      refuse("not_allowed", "Only the person themselves, or an admin, ends a link to Slack.");
    const [link] = await tx
      .select({
        id: slackIdentities.id,
        userId: slackIdentities.userId,
        teamId: slackIdentities.teamId,
        name: staff.name,
      })
      .from(slackIdentities)
      .innerJoin(staff, eq(staff.id, slackIdentities.staffId))
      .where(and(eq(slackIdentities.staffId, staffId), isNull(slackIdentities.endedAt)))
      .for("update", { of: slackIdentities });
    if (!link) refuse("not_found", "There is no link to Slack to end.");
    const endedEntryId = await recordAudit(tx, ctx, {
      event: "slack.unlinked",
      body: {
        what: `${link.name} is ${link.userId} in Slack no more`,
        staff: staffId,
        slack_team: link.teamId,
        slack_user: link.userId,
      },
    });
    await tx
      .update(slackIdentities)
      .set({ endedAt: await clock(tx), endedBy: ctx.actor.id, endedEntryId })
      .where(eq(slackIdentities.id, link.id));
    return { staffId };
  });
