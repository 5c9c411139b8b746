import { eq } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { staff } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { propose } from "#lib/proposals/propose.ts";
import { lockPerson } from "#lib/staff/lock.ts";
import type { Standing } from "#lib/staff/schemas.ts";
import { requireFreshForRoles } from "./fresh.ts";
import { refuseProposed, requireSecondAdmin } from "./second-admin.ts";

/**
 * Lets somebody in again who was suspended, with the roles that they hold, from now on; they sign in anew. An admin is let in again by
 * two, as one is made by two: it is proposed, and waits. Refuses with `not_allowed`, `not_found`, `own_record`,
 * `sign_in_again`, `second_person`, and `conflict` where they are active or it is proposed already.
 */
export const restoreStaff = (
  ctx: Ctx<StaffActor>,
  { staffId, reason }: Standing,
): Promise<Result<{ staffId: string; name: string; proposed: number | null }>> =>
  transact(ctx, { event: "settings.refused", body: { person: staffId } }, async (tx) => {
    const person = await lockPerson(tx, ctx.actor, staffId);
    const { name } = person;
    if (person.status === "active") refuse("conflict", `${name} is active.`);
    if (!person.roles.includes("admin")) {
      await restoreIn(tx, ctx, person, { reason });
      return { staffId, name, proposed: null };
    }
    await requireFreshForRoles(tx, ctx);
    await refuseProposed(tx, ctx, person, "status", `${name} is let in again`);
    await requireSecondAdmin(
      tx,
      ctx,
      staffId,
      `Nothing was saved: ${name} is an admin, whom two let in again, and there is no other who could accept it. Make somebody else an admin first, or whoever runs this installation lets them in: npm run admin -- ${person.email} --restore`,
    );
    const { number } = await propose(tx, ctx, {
      kind: "role",
      staffId,
      before: { status: person.status },
      after: { status: "active" },
      reason,
      about: `${name}, an admin, is let in again`,
    });
    return { staffId, name, proposed: number };
  });

/** Lets them in, with its entry, in the caller's transaction. */
export async function restoreIn(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  { id, name }: { id: string; name: string },
  because: { reason: string; proposal?: string },
): Promise<void> {
  const changedEntryId = await recordAudit(tx, ctx, {
    event: "staff.restored",
    body: { what: `Let ${name} in again`, person: id, name, ...because },
  });
  await tx
    .update(staff)
    .set({ status: "active", deactivatedAt: null, changedEntryId })
    .where(eq(staff.id, id));
}
