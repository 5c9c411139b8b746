"use server";
import { flagInput } from "#lib/directory/flag-schemas.ts";
import { letGoInput } from "#lib/directory/held-schemas.ts";
import { proposeLetGo } from "#lib/directory/let-go.ts";
import { changeFlag, type FlagChanged } from "#lib/impersonation/change-flag.ts";
import { staffAction } from "#lib/platform/staff-action.ts";

/** A manager sets a flag stricter, or proposes a looser one. */
export const changeTheFlag = staffAction<typeof flagInput, FlagChanged>({
  permission: "change_flags",
  input: flagInput,
  run: changeFlag,
});

/** A manager proposes that somebody is treated as they are now. */
export const letGo = staffAction<typeof letGoInput, { id: string; number: number }>({
  permission: "change_flags",
  input: letGoInput,
  run: proposeLetGo,
});
