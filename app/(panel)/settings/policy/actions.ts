"use server";
import { staffAction } from "#lib/platform/staff-action.ts";
import { editPolicy } from "#lib/policy/edit-policy.ts";
import { policyFormSchema } from "#lib/policy/form.ts";
import { withdrawSchema } from "#lib/policy/schemas.ts";
import { withdrawScheduled } from "#lib/policy/withdraw-scheduled.ts";

/** A row more, a look at what it would come to, or saving it. */
export const editThePolicy = staffAction({
  permission: "change_settings",
  input: policyFormSchema,
  run: editPolicy,
});

/** What lies ahead never comes into force. */
export const withdrawPolicy = staffAction({
  permission: "change_settings",
  input: withdrawSchema,
  run: withdrawScheduled,
});
