import { and, eq } from "drizzle-orm";
import { slackCodes, slackIdentities } from "#db/schema/slack.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { recordRefusal, transact } from "#lib/audit/transact.ts";
import type { AnonymousActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { hashSecret, newId } from "#lib/kernel/ids.ts";
import type { Refusal, Result } from "#lib/kernel/result.ts";
import { readStaff } from "#lib/staff/queries.ts";
import { actorOf } from "#lib/staff/sign-in.ts";
import type { Member } from "../payload.ts";

const unknownCode: Refusal = {
  code: "not_found",
  message: "This button links nothing. Ask for a new one in Alongside.",
};

/**
 * Links a member of Slack, who pressed the button of a message to them, to whoever asked for it. Refuses with `not_found`
 * for a code that is none or of another member, with `used`, `ended` and `conflict`.
 */
export async function confirmSlackLink(
  ctx: Ctx<AnonymousActor>,
  { teamId, userId }: Member,
  code: string,
): Promise<Result<{ name: string }>> {
  const [asked] = await ctx.db
    .select({ id: slackCodes.id, staffId: slackCodes.staffId, signInId: slackCodes.signInId })
    .from(slackCodes)
    .where(and(eq(slackCodes.codeHash, hashSecret(code)), eq(slackCodes.userId, userId)));
  const person = asked && (await readStaff(ctx.db, asked.staffId));
  if (!asked || !person) {
    await recordRefusal(ctx, { event: "slack.refused" }, unknownCode);
    return { ok: false, error: unknownCode };
  }
  const actor = { ...actorOf(person, asked.signInId), via: "slack" as const };
  const body = { slack_team: teamId, slack_user: userId };
  return transact({ ...ctx, actor }, { event: "slack.refused", body }, async (tx) => {
    const what = `${person.name} is ${userId} in Slack`;
    const linkedEntryId = await recordAudit(
      tx,
      { ...ctx, actor },
      { event: "slack.linked", body: { what, ...body } },
    );
    await tx.insert(slackIdentities).values({
      id: newId(),
      staffId: person.id,
      teamId,
      userId,
      codeId: asked.id,
      linkedEntryId,
    });
    return { name: person.name };
  });
}
