import { and, eq, isNull } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { staff, staffRoles } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { lettersOf } from "#lib/kernel/typed-text.ts";
import { lockPerson } from "#lib/staff/lock.ts";
import type { ChangeStaff } from "#lib/staff/schemas.ts";
import type { StaffKind } from "#lib/vocabulary.ts";
import { changeRoles, changesRoles } from "./change-roles.ts";
import { requireFreshForRoles } from "./fresh.ts";
import { managerBy } from "./manager-of.ts";
import { proposeAdmin, splitAdmin } from "./propose-admin.ts";

const fields = ["name", "team", "zone", "kind", "managerId"] as const;
type Details = Record<Exclude<(typeof fields)[number], "kind">, string | null> & {
  kind: StaffKind;
};

/**
 * Changes who somebody is and which roles they hold: at their next request it counts, and a live session of somebody
 * who is an agent no longer, or may only look and was acting, is over. That they become an admin waits for a second one. Refuses
 * with `not_allowed`, `not_found`, `own_record`, `ended` (they are suspended), `conflict` where the roles are others than
 * the form showed, `sign_in_again`, `second_person`, or `invalid` with fields (roles or manager change with a reason).
 */
export const changeStaff = (
  ctx: Ctx<StaffActor>,
  input: ChangeStaff,
): Promise<Result<{ staffId: string; name: string; proposed: number | null }>> =>
  transact(ctx, { event: "settings.refused", body: { person: input.staffId } }, async (tx) => {
    const person = await lockPerson(tx, ctx.actor, input.staffId);
    if (person.status !== "active")
      refuse("ended", `${person.name} is suspended. Let them in again first.`);
    if (input.held && !(await areHeld(tx, person.id, input.held)))
      refuse(
        "conflict",
        `The roles of ${person.name} were changed while this form was open, by a review or another admin. Nothing was saved: look at them again.`,
      );
    const { name, team, zone, kind } = input;
    const managerId = await managerBy(tx, input.managerEmail, person.id);
    const { now, admin } = splitAdmin(person, input);
    const reason = input.reason ?? "";
    // Whom somebody reports to says who decides on their requests: that counts as a role.
    if (changesRoles(person, input) || managerId !== person.managerId) {
      await requireFreshForRoles(tx, ctx);
      if (lettersOf(reason) < 3)
        refuse("invalid", "One answer needs another look.", {
          fields: { reason: "Say why roles or manager change, in a few words. It is on record." },
        });
    }
    await changeDetails(tx, ctx, person, { name, team, zone, kind, managerId }, reason);
    await changeRoles(tx, ctx, { ...person, name }, now, { reason });
    const proposed = admin ? await proposeAdmin(tx, ctx, { ...person, name }, now, reason) : null;
    return { staffId: person.id, name, proposed: proposed?.number ?? null };
  });

/** Whether these are the grants that the person holds now, no more and no fewer. */
async function areHeld(tx: Transaction, staffId: string, shown: readonly string[]) {
  const held = await tx
    .select({ id: staffRoles.id })
    .from(staffRoles)
    .where(and(eq(staffRoles.staffId, staffId), isNull(staffRoles.revokedAt)));
  return held.length === shown.length && held.every(({ id }) => shown.includes(id));
}

async function changeDetails(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  before: Details & { id: string; name: string },
  after: Details & { name: string; team: string; zone: string },
  reason: string,
): Promise<void> {
  const changed = fields.filter((field) => before[field] !== after[field]);
  if (changed.length === 0) return;
  const changedEntryId = await recordAudit(tx, ctx, {
    event: "staff.changed",
    body: {
      what: `Changed ${before.name}: ${changed.map((field) => fieldWords[field]).join(", ")}`,
      person: before.id,
      name: after.name,
      changes: changed.map((field) => ({ field, before: before[field], after: after[field] })),
      ...(reason && { reason }),
    },
  });
  await tx
    .update(staff)
    .set({ ...after, changedEntryId })
    .where(eq(staff.id, before.id));
}

const fieldWords = {
  name: "name",
  team: "team",
  zone: "time zone",
  kind: "kind of account",
  managerId: "manager",
};
