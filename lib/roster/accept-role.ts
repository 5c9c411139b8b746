import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { proposals } from "#db/schema/proposals.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { acceptIn } from "#lib/proposals/decide.ts";
import type { AcceptInput } from "#lib/proposals/schemas.ts";
import { lockPerson, requireChanger } from "#lib/staff/lock.ts";
import { roles } from "#lib/vocabulary.ts";
import { changeRoles } from "./change-roles.ts";
import { requireFreshForRoles } from "./fresh.ts";
import { mapIn } from "./groups.ts";

const mapping = z.object({ group: z.string(), role: z.enum(roles) });

/**
 * A second admin accepts that somebody becomes one, or that a group of the issuer gives a privileged role: then it is so.
 * Refuses as `acceptIn` does, with `sign_in_again`, and with `conflict` where it cannot be any more.
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
    const { after, reason } = await acceptIn(tx, ctx, proposalId, comment, "role");
    await requireFreshForRoles(tx, ctx);
    if (!person) {
      const { group, role } = mapping.parse(after);
      await mapIn(tx, ctx, { group, role, lookingOnly: false }, { reason, proposal: proposalId });
      return { id: proposalId };
    }
    if (person.status !== "active")
      refuse("conflict", `${person.name} is suspended meanwhile. Nothing was changed.`);
    if (person.roles.includes("admin"))
      refuse("conflict", `${person.name} is an admin meanwhile. Nothing was changed.`);
    const wanted = { ...person, roles: [...person.roles, "admin" as const] };
    await changeRoles(tx, ctx, person, wanted, { reason, proposal: proposalId });
    return { id: proposalId };
  });

/** Whoever it is about says so themselves in `acceptIn`, in its words. */
async function personOf(tx: Transaction, ctx: Ctx<StaffActor>, staffId: string) {
  requireChanger(ctx.actor);
  return staffId === ctx.actor.id ? null : lockPerson(tx, ctx.actor, staffId);
}
