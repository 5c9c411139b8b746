"use server";
import { flagInput } from "#lib/directory/flag-schemas.ts";
import { changeFlag, type FlagChanged } from "#lib/impersonation/change-flag.ts";
import { staffAction } from "#lib/platform/staff-action.ts";

/** A manager sets a flag stricter, or proposes a looser one. */
export const changeTheFlag = staffAction<typeof flagInput, FlagChanged>({
  permission: "change_flags",
  input: flagInput,
  run: changeFlag,
});
