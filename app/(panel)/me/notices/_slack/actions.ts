"use server";
import { askSlackLink } from "#lib/notices/slack/link/ask.ts";
import { notSetUp } from "#lib/notices/slack/link/not-set-up.ts";
import { slackLinkSchema, slackUnlinkSchema } from "#lib/notices/slack/link/schemas.ts";
import { unlinkSlack } from "#lib/notices/slack/link/unlink.ts";
import { env } from "#lib/platform/env.ts";
import { staffAction } from "#lib/platform/staff-action.ts";

const permission = "read_notices";

/** Asks the member of Slack whether they are who is signed in here. */
export const askSlack = staffAction({
  permission,
  input: slackLinkSchema,
  run: async (ctx, input) => {
    const { slack } = env();
    return slack ? askSlackLink(ctx, slack, input) : notSetUp;
  },
});

/** Ends a link to Slack: one's own, or an admin anybody's. */
export const endSlack = staffAction({ permission, input: slackUnlinkSchema, run: unlinkSlack });
