"use server";
import { staffAction } from "#lib/platform/staff-action.ts";
import { decline } from "#lib/proposals/decide.ts";
import { declineSchema, withdrawSchema } from "#lib/proposals/schemas.ts";
import { withdraw } from "#lib/proposals/withdraw.ts";

/** A second person says no. */
export const declineProposal = staffAction<typeof declineSchema, unknown>({
  permission: "decide_proposals",
  input: declineSchema,
  run: decline,
});

/** Who proposed it takes it back. */
export const withdrawProposal = staffAction({
  permission: "decide_proposals",
  input: withdrawSchema,
  run: withdraw,
});
