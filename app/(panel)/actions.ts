"use server";
import { end } from "#lib/impersonation/end.ts";
import { narrow } from "#lib/impersonation/narrow.ts";
import { endSchema, narrowSchema } from "#lib/impersonation/schemas.ts";
import { staffAction } from "#lib/platform/staff-action.ts";

/** Ends the reader's own session, from the strip or from beside a refusal. The verb checks whose it is. */
export const endOwnSession = staffAction({
  permission: "end_session",
  input: endSchema.pick({ sessionId: true }),
  run: end,
});

/** From acting to looking in the reader's own session, from the strip. The verb checks whose it is. */
export const justLook = staffAction({
  permission: "start",
  input: narrowSchema,
  run: narrow,
});
