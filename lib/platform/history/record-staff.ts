import { type Colleague, kesi, rolesAt } from "#db/seed/history/people.ts";
import type { SignIn } from "#db/seed/history/sign-ins.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Recorder } from "./recorder.ts";

/** Who came, which roles were given and taken, who left: each by the admin, with its entry. */
export function recordStaff(to: Recorder, one: Colleague): void {
  const { id, name, email, team, zone, managerId, addedAt, leftAt } = one;
  const changed = one.isFounder
    ? null
    : to.note(addedAt, to.staffAt(kesi, addedAt), {
        event: "staff.added",
        body: {
          what: `Added ${name} to the staff`,
          person: id,
          name,
          email,
          team,
          zone,
          kind: one.kind,
          managerId,
        },
      });
  const left =
    leftAt &&
    to.note(leftAt, to.staffAt(kesi, leftAt), {
      event: "staff.withdrawn",
      body: { what: `Suspended ${name}`, person: id, name, reason: "Left the company today." },
    });
  to.tables.staff.push({
    ...{ id, person_id: id, email, name, team, zone, manager_id: managerId, kind: one.kind },
    created_at: addedAt,
    ...{ status: leftAt ? "deactivated" : "active", deactivated_at: leftAt },
    person_id: id,
    changed_entry_id: left ?? changed,
  });
  for (const { role, from, until, lookingOnly, isSetUp = false } of one.grants) {
    const about = { person: id, name, role };
    const given =
      !isSetUp &&
      to.note(from, to.staffAt(kesi, from), {
        event: "role.granted",
        body: {
          what: `Gave ${name} the role ${role}${lookingOnly ? ", for looking only" : ""}`,
          ...about,
          ...(lookingOnly ? { looking_only: true } : {}),
          ...held(one, from),
          ...(until ? { reason: "Stands in for a manager on holiday." } : {}),
        },
      });
    const taken =
      until &&
      to.note(until, to.staffAt(kesi, until), {
        event: "role.revoked",
        body: {
          what: `Took the role ${role} from ${name}`,
          ...about,
          ...held(one, until),
          reason: "The manager whom they stood in for is back.",
        },
      });
    to.tables.staff_roles.push({
      ...{ id: newId(), staff_id: id, role, granted_at: from, looking_only: lookingOnly },
      ...{ granted_by: isSetUp ? null : kesi, granted_entry_id: given || null },
      ...{ revoked_at: until, revoked_by: until && kesi, revoked_entry_id: taken },
    });
  }
}

/** What was held before this moment and from then on, as the entry of a change of roles says it. */
function held(one: Colleague, at: Date) {
  const words = (then: Date) =>
    rolesAt(one, then).map((role) =>
      one.grants.some((grant) => grant.role === role && grant.lookingOnly)
        ? `${role}, looking only`
        : role,
    );
  return { before: words(new Date(at.getTime() - 1)), after: words(at) };
}

/** A sign-in with its entries; gives its id. */
export function recordSignIn(
  to: Recorder,
  { staffId, startedAt, lastActiveAt, signedOutAt }: SignIn,
): string {
  const id = newId();
  const { name } = to.somebody(staffId);
  to.tables.staff_sign_ins.push({
    ...{
      id,
      staff_id: staffId,
      created_at: startedAt,
      auth_time: startedAt,
      last_active_at: lastActiveAt,
    },
    ...{ ended_at: signedOutAt, end_cause: signedOutAt && "signed_out", how: "persona" },
  });
  to.note(startedAt, to.staffAt(staffId, startedAt), {
    event: "sign_in.started",
    body: { what: `${name} signed in`, how: "persona", sign_in: id },
  });
  if (signedOutAt)
    to.note(signedOutAt, to.staffAt(staffId, signedOutAt), {
      event: "sign_in.ended",
      body: { what: `${name} signed out`, sign_in: id, cause: "signed_out" },
    });
  return id;
}
