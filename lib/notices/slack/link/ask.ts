import type { KnownBlock } from "@slack/types";
import { eq } from "drizzle-orm";
import { transaction } from "#db/client.ts";
import { slackCodes } from "#db/schema/slack.ts";
import { recordRefusal } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { hashSecret, newId, newSecret } from "#lib/kernel/ids.ts";
import { ok, type Refusal, type Result } from "#lib/kernel/result.ts";
import { limited } from "#lib/limits/limited.ts";
import { GiveUp, TryLater } from "../../message.ts";
import { callSlack } from "../call.ts";
import type { SlackSettings } from "../settings.ts";
import { escaped, plain } from "../text.ts";
import { askedTitle } from "./close.ts";
import { numberOf, readSlackLink } from "./queries.ts";
import type { SlackLinkInput } from "./schemas.ts";

/** What names the button by which a member of Slack says that it is them. */
export const linkActionId = "link";

/**
 * Asks a member of Slack whether they are who is signed in here: a message to them with a button, which only they can
 * press. Refuses with `too_often`, and with `conflict` where somebody is linked already or Slack does not take it.
 */
export async function askSlackLink(
  ctx: Ctx<StaffActor>,
  settings: SlackSettings,
  { userId }: SlackLinkInput,
): Promise<Result<{ number: number }>> {
  const often = await limited(ctx, "slack_link_of_person", ctx.actor.id);
  if (often) return { ok: false, error: often };
  if ((await readSlackLink(ctx.db, ctx.actor.id)) !== null)
    return refusedFor(ctx, "You are linked to Slack already. Unlink that account first.");
  const code = newSecret();
  const codeHash = hashSecret(code);
  const id = newId();
  await transaction(ctx.db, (tx) =>
    tx.insert(slackCodes).values({
      id,
      staffId: ctx.actor.id,
      signInId: ctx.actor.signInId,
      userId,
      codeHash,
    }),
  );
  const number = numberOf(codeHash);
  try {
    const messageRef = await askMember(settings, userId, question(ctx.actor, number, code));
    await ctx.db.update(slackCodes).set({ messageRef }).where(eq(slackCodes.id, id));
  } catch (error) {
    if (!(error instanceof GiveUp || error instanceof TryLater)) throw error;
    return refusedFor(ctx, error.message, "userId");
  }
  return ok({ number });
}

/** Gives what the message is known by; null where Slack does not say. */
async function askMember(
  settings: SlackSettings,
  userId: string,
  blocks: KnownBlock[],
): Promise<string | null> {
  const signal = AbortSignal.timeout(8000);
  const { channel } = await callSlack(settings, signal, (slack) =>
    slack.conversations.open({ users: userId }),
  );
  const to = { channel: channel?.id ?? userId, unfurl_links: false, unfurl_media: false };
  const posted = await callSlack(settings, signal, (slack) =>
    slack.chat.postMessage({ ...to, text: escaped(askedTitle), blocks }),
  );
  return posted.channel && posted.ts ? `${posted.channel}:${posted.ts}` : null;
}

function question({ name, email }: StaffActor, number: number, code: string): KnownBlock[] {
  return [
    { type: "header", text: plain(askedTitle, 150) },
    {
      type: "section",
      text: plain(
        `${name} (${email}) is signed in to Alongside and says that this Slack account is theirs. ` +
          `If that is you, and your page in Alongside shows the number ${number}, say so. ` +
          "Otherwise do nothing: without your press nothing is linked.",
        3000,
      ),
    },
    {
      type: "actions",
      elements: [
        {
          type: "button",
          text: plain(`Yes, my page shows ${number}`, 75),
          style: "primary",
          action_id: linkActionId,
          value: code,
        },
      ],
    },
  ];
}

async function refusedFor(
  ctx: Ctx<StaffActor>,
  message: string,
  field?: string,
): Promise<Result<never>> {
  const error: Refusal = {
    code: "conflict",
    message,
    ...(field && { fields: { [field]: message } }),
  };
  await recordRefusal(ctx, { event: "slack.refused" }, error);
  return { ok: false, error };
}
