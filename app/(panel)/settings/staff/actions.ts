"use server";
import { withdrawStaff } from "#lib/impersonation/withdraw-staff.ts";
import { staffAction } from "#lib/platform/staff-action.ts";
import { addStaff } from "#lib/roster/add.ts";
import { changeStaff } from "#lib/roster/change.ts";
import { restoreStaff } from "#lib/roster/let-in-again.ts";
import { proposeParting } from "#lib/roster/part-person.ts";
import { linkPerson } from "#lib/staff/link-person.ts";
import {
  addStaffSchema,
  changeStaffSchema,
  linkPersonSchema,
  partPersonSchema,
  standingSchema,
} from "#lib/staff/schemas.ts";

const permission = "change_settings";
const toPerson = ({ staffId }: { staffId: string }, did: string) =>
  `/settings/staff/${staffId}?did=${did}`;

export const addPerson = staffAction({
  permission,
  input: addStaffSchema,
  run: addStaff,
  goTo: (value, { invite }) =>
    toPerson(value, value.proposed ? "proposed" : invite ? "invited" : "added"),
});

export const changePerson = staffAction({
  permission,
  input: changeStaffSchema,
  run: changeStaff,
  goTo: (value) => toPerson(value, value.proposed ? "proposed" : "changed"),
});

export const withdrawPerson = staffAction<typeof standingSchema, { staffId: string }>({
  permission,
  input: standingSchema,
  run: withdrawStaff,
  goTo: (value) => toPerson(value, "withdrawn"),
});

export const restorePerson = staffAction<
  typeof standingSchema,
  { staffId: string; proposed?: number | null }
>({
  permission,
  input: standingSchema,
  run: restoreStaff,
  goTo: (value) => toPerson(value, value.proposed ? "restoring" : "restored"),
});

export const sayOnePerson = staffAction({
  permission,
  input: linkPersonSchema,
  run: linkPerson,
  goTo: (value) => toPerson(value, "linked"),
});

export const partPerson = staffAction({
  permission,
  input: partPersonSchema,
  run: proposeParting,
  goTo: (value) => toPerson(value, "parting"),
});
