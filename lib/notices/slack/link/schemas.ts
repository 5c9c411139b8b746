import { z } from "zod";
import { idSchema } from "#lib/kernel/ids.ts";

/** Slack shows it under a person's profile, "Copy member ID". */
export const slackLinkSchema = z.object({
  userId: z
    .string()
    .trim()
    .toUpperCase()
    .regex(
      /^[UW][A-Z0-9]{6,30}$/,
      "A member ID looks like U012AB3CD. It is in your Slack profile.",
    ),
});
export type SlackLinkInput = z.infer<typeof slackLinkSchema>;

export const slackUnlinkSchema = z.object({ staffId: idSchema });
