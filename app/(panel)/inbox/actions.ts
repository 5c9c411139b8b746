"use server";
import { markRead, markReadSchema } from "#lib/notices/mark-read.ts";
import { staffAction } from "#lib/platform/staff-action.ts";

export const markNoticeRead = staffAction({
  permission: "read_notices",
  input: markReadSchema,
  run: markRead,
});
