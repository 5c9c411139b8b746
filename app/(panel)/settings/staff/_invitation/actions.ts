"use server";
import { inviteAgain, inviteAgainSchema } from "#lib/notices/invite-again.ts";
import { staffAction } from "#lib/platform/staff-action.ts";

export const sendInvitationAgain = staffAction({
  permission: "change_settings",
  input: inviteAgainSchema,
  run: inviteAgain,
});
