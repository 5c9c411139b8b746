import { eq } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { staff } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { propose } from "#lib/proposals/propose.ts";
import { readSamePerson } from "#lib/staff/link-person.ts";
import { lockPerson } from "#lib/staff/lock.ts";
import type { PartPerson } from "#lib/staff/schemas.ts";
import { requireFreshForRoles } from "./fresh.ts";
import { togetherWith } from "./proposed.ts";
import { refuseProposed, requireSecondAdmin } from "./second-admin.ts";

/**
 * Proposes that an account is a person of its own, and not of whom it was linked to: who asks by one could then be decided
 * on by the other, so it waits for a second admin. Refuses with `not_allowed`, `not_found`, `own_record`, `sign_in_again`,
 * `second_person`, and `conflict` where there is nothing to take apart or it is proposed already.
 */
export const proposeParting = (
  ctx: Ctx<StaffActor>,
  { staffId, reason }: PartPerson,
): Promise<Result<{ staffId: string; number: number }>> =>
  transact(ctx, { event: "settings.refused", body: { person: staffId } }, async (tx) => {
    const person = await lockPerson(tx, ctx.actor, staffId);
    await requireFreshForRoles(tx, ctx);
    const others = await readSamePerson(tx, staffId);
    if (others.length === 0)
      refuse("conflict", `${person.name} has no other account here. There is nothing to part.`);
    const that = `the account ${person.email} is a person of its own`;
    await refuseProposed(tx, ctx, person, "person", that);
    await requireSecondAdmin(
      tx,
      ctx,
      staffId,
      `Nothing was saved: two admins say that somebody is two people, and there is no other who could accept it. Make somebody else an admin first.`,
    );
    const { number } = await propose(tx, ctx, {
      kind: "role",
      staffId,
      before: { with: others },
      after: { person: "own" },
      reason,
      about: that,
    });
    return { staffId, number };
  });

/** Carries it out, once it is accepted, in that transaction. Refuses with `conflict` where the accounts are others by now. */
export async function partIn(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  person: { id: string; name: string },
  before: unknown,
  because: { reason: string; proposal: string },
): Promise<void> {
  const others = await readSamePerson(tx, person.id);
  const ids = (of: readonly { id: string }[]) => of.map(({ id }) => id).sort();
  if (String(ids(others)) !== String(ids(togetherWith.parse(before).with)))
    refuse(
      "conflict",
      `Who is one person with ${person.name} was changed meanwhile. Nothing was parted: decline this, and propose it anew.`,
    );
  const personEntryId = await recordAudit(tx, ctx, {
    event: "person.unlinked",
    body: {
      what: `${person.name} and ${others.map(({ name }) => name).join(", ")} are not one person`,
      person: person.id,
      name: person.name,
      others: ids(others),
      ...because,
    },
  });
  await tx.update(staff).set({ personId: newId(), personEntryId }).where(eq(staff.id, person.id));
}
