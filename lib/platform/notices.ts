import type { Channels } from "#lib/notices/channels.ts";
import { mailChannel } from "#lib/notices/mail.ts";
import { slackChannel } from "#lib/notices/slack/channel.ts";
import { webhookChannel } from "#lib/notices/webhook.ts";
import { database } from "./database.ts";
import { env } from "./env.ts";

let made: Channels | undefined;

/** The ways out of the panel that the environment sets up, made at the first call. */
export function noticeChannels(): Channels {
  if (made) return made;
  const { SMTP_URL: smtpUrl, MAIL_FROM: from, NEXTAUTH_SECRET: secret, slack } = env();
  made = {
    ...(smtpUrl && from ? { mail: mailChannel({ smtpUrl, from }) } : {}),
    ...(slack ? { slack: slackChannel(slack) } : {}),
    webhook: webhookChannel({ db: database(), secret, allowed: webhooksAllowed() }),
  };
  return made;
}

/** In the demo, whose people try things out on one machine, a webhook may stay on it. */
const webhooksAllowed = () =>
  env().WEBHOOK_PRIVATE || env().DEMO ? ("private" as const) : ("public" as const);

/** What webhooks are sealed with, and where they may lead. */
export const channelSettings = () => ({
  secret: env().NEXTAUTH_SECRET,
  allowed: webhooksAllowed(),
});
