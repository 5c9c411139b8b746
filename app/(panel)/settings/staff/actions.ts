"use server";
import { restoreStaff, withdrawStaff } from "#lib/impersonation/withdraw-staff.ts";
import { staffAction } from "#lib/platform/staff-action.ts";
import { addStaff } from "#lib/roster/add.ts";
import { changeStaff } from "#lib/roster/change.ts";
import { linkPerson } from "#lib/staff/link-person.ts";
import {
  addStaffSchema,
  changeStaffSchema,
  linkPersonSchema,
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

export const withdrawPerson = staffAction({
  permission,
  input: standingSchema,
  run: withdrawStaff,
  goTo: (value) => toPerson(value, "withdrawn"),
});

export const restorePerson = staffAction({
  permission,
  input: standingSchema,
  run: restoreStaff,
  goTo: (value) => toPerson(value, "restored"),
});

export const sayOnePerson = staffAction({
  permission,
  input: linkPersonSchema,
  run: linkPerson,
  goTo: (value) => toPerson(value, "linked"),
});
