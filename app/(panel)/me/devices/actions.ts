"use server";
import { endOwnDevices } from "#lib/impersonation/end-devices.ts";
import { staffAction } from "#lib/platform/staff-action.ts";
import { endDevicesSchema } from "#lib/staff/schemas.ts";

/** Everybody's own: whoever may do anything here may end where they are signed in. */
export const endDevice = staffAction({
  permission: "search",
  input: endDevicesSchema,
  run: endOwnDevices,
});
