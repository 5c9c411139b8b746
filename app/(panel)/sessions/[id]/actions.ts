"use server";
import { reviewSession } from "#lib/findings/review-session.ts";
import { reviewSessionSchema } from "#lib/findings/schemas.ts";
import { staffAction } from "#lib/platform/staff-action.ts";

/** Who approved it, or could have, says what the session was. */
export const reviewFromPage = staffAction({
  permission: "review_sessions",
  input: reviewSessionSchema,
  run: reviewSession,
});
