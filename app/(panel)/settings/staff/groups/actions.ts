"use server";
import { staffAction } from "#lib/platform/staff-action.ts";
import { mapGroup, unmapGroup } from "#lib/roster/groups.ts";
import { mapGroupSchema, unmapGroupSchema } from "#lib/roster/schemas.ts";

const permission = "change_settings";
const page = "/settings/staff/groups";

export const mapIssuerGroup = staffAction({
  permission,
  input: mapGroupSchema,
  run: mapGroup,
  goTo: ({ proposed }) => `${page}?did=${proposed === null ? "mapped" : "proposed"}`,
});

export const unmapIssuerGroup = staffAction({
  permission,
  input: unmapGroupSchema,
  run: unmapGroup,
  goTo: () => `${page}?did=unmapped`,
});
