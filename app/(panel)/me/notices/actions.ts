"use server";
import { chooseNotices, chooseSchema } from "#lib/notices/choices.ts";
import { sendTest, sendTestSchema } from "#lib/notices/send-test.ts";
import { env } from "#lib/platform/env.ts";
import { noticeChannels } from "#lib/platform/notices.ts";
import { staffAction } from "#lib/platform/staff-action.ts";

const permission = "read_notices";

export const chooseMyNotices = staffAction({ permission, input: chooseSchema, run: chooseNotices });
export const sendMeOne = staffAction({
  permission,
  input: sendTestSchema,
  run: (ctx, input) => sendTest(ctx, noticeChannels(), env().ALONGSIDE_URL, input),
});
