"use server";
import { inviteGuest } from "#lib/evidence/guests/invite.ts";
import { makeLink } from "#lib/evidence/guests/make-link.ts";
import { revokeGuest } from "#lib/evidence/guests/revoke.ts";
import { guestSchema, inviteSchema } from "#lib/evidence/guests/schemas.ts";
import { staffAction } from "#lib/platform/staff-action.ts";

const permission = "export_evidence";

export const inviteAuditor = staffAction({ permission, input: inviteSchema, run: inviteGuest });
export const makeAnotherLink = staffAction({ permission, input: guestSchema, run: makeLink });
export const endAuditorsAccess = staffAction({ permission, input: guestSchema, run: revokeGuest });
