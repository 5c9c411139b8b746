"use server";
import { staffAction } from "#lib/platform/staff-action.ts";
import { delegationSchema, endDelegationSchema } from "#lib/requests/delegation-schemas.ts";
import { endDelegation } from "#lib/requests/end-delegation.ts";
import { giveDelegation } from "#lib/requests/give-delegation.ts";

const permission = "be_away";

export const sayAway = staffAction({
  permission,
  input: delegationSchema,
  run: giveDelegation,
  goTo: () => "/me/away?did=given",
});

export const sayBack = staffAction({
  permission,
  input: endDelegationSchema,
  run: endDelegation,
  goTo: () => "/me/away?did=ended",
});
