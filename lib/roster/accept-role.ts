import { eq } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { proposals } from "#db/schema/proposals.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { acceptIn } from "#lib/proposals/decide.ts";
import type { AcceptInput } from "#lib/proposals/schemas.ts";
import { lockPerson, requireChanger } from "#lib/staff/lock.ts";
import type { StaffMember } from "#lib/staff/queries.ts";
import { changeRoles } from "./change-roles.ts";
import { requireFreshForRoles } from "./fresh.ts";
import { mapIn } from "./groups.ts";
import { restoreIn } from "./let-in-again.ts";
import { partIn } from "./part-person.ts";
import { proposedOfStaff } from "./proposed.ts";

/**
 * A second admin accepts what another proposed about the staff: then it is so. Refuses as `acceptIn` does, with
 * `sign_in_again`, and with `conflict` where it cannot be any more.
 */
export const acceptRole = (
  ctx: Ctx<StaffActor>,
  { proposalId, comment }: AcceptInput,
): Promise<Result<{ id: string }>> =>
  transact(ctx, { event: "proposal.refused", body: { proposal: proposalId } }, async (tx) => {
    const [found] = await tx
      .select({ staffId: proposals.staffId, reason: proposals.reason })
      .from(proposals)
      .where(eq(proposals.id, proposalId));
    // In the order in which every change of staff locks: the people first.
    const person = found?.staffId ? await personOf(tx, ctx, found.staffId) : null;
    const { before, after, reason } = await acceptIn(tx, ctx, proposalId, comment, "role");
    await requireFreshForRoles(tx, ctx);
    const wanted = proposedOfStaff(after);
    const because = { reason, proposal: proposalId };
    if (wanted?.of === "group") await mapIn(tx, ctx, { ...wanted, lookingOnly: false }, because);
    else if (!wanted || !person) refuse("conflict", "This cannot be carried out here. Decline it.");
    else if (wanted.of === "admin") await makeAdminIn(tx, ctx, person, because);
    else if (wanted.of === "person") await partIn(tx, ctx, person, before, because);
    else if (person.status === "active")
      refuse("conflict", `${person.name} was let in again meanwhile. Nothing was changed.`);
    else await restoreIn(tx, ctx, person, because);
    return { id: proposalId };
  });

async function makeAdminIn(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  person: StaffMember,
  because: { reason: string; proposal: string },
): Promise<void> {
  if (person.status !== "active")
    refuse("conflict", `${person.name} is suspended meanwhile. Nothing was changed.`);
  if (person.roles.includes("admin"))
    refuse("conflict", `${person.name} is an admin meanwhile. Nothing was changed.`);
  const wanted = { ...person, roles: [...person.roles, "admin" as const] };
  await changeRoles(tx, ctx, person, wanted, because);
}

/** Whoever it is about says so themselves in `acceptIn`, in its words. */
async function personOf(tx: Transaction, ctx: Ctx<StaffActor>, staffId: string) {
  requireChanger(ctx.actor);
  return staffId === ctx.actor.id ? null : lockPerson(tx, ctx.actor, staffId);
}
