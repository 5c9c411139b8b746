"use server";
import { liftBreadth, liftSchema } from "#lib/impersonation/lift-breadth.ts";
import { staffAction } from "#lib/platform/staff-action.ts";

/** A manager lifts for a day how many people one agent may stand in for. */
export const liftLimit = staffAction({
  permission: "lift_limits",
  input: liftSchema,
  run: liftBreadth,
  goTo: ({ actorId }) => `/requests/breadth?lifted=${actorId}`,
});
