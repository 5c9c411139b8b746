import { eq } from "drizzle-orm";
import { clock } from "#db/client.ts";
import { delegations } from "#db/schema/delegations.ts";
import { staff } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { reach } from "#lib/staff/rights.ts";

/**
 * Ends an absence before its time: who is away, who decides meanwhile, or an admin. What the delegate approved and was not
 * started is void where it rested on it. Refuses with `not_found`, or `ended` where it is over.
 */
export const endDelegation = (
  ctx: Ctx<StaffActor>,
  input: { delegationId: string },
): Promise<Result<{ delegationId: string }>> =>
  transact(
    ctx,
    { event: "delegation.refused", body: { delegation: input.delegationId } },
    async (tx) => {
      const [row] = await tx
        .select({
          ...{ fromId: delegations.fromId, toId: delegations.toId, name: staff.name },
          ...{ endsAt: delegations.endsAt, endedAt: delegations.endedAt },
        })
        .from(delegations)
        .innerJoin(staff, eq(staff.id, delegations.fromId))
        .where(eq(delegations.id, input.delegationId))
        .for("update", { of: delegations });
      const isTheirs = row && [row.fromId, row.toId].includes(ctx.actor.id);
      if (!row || !(isTheirs || reach(ctx.actor, "be_away") === "all"))
        refuse("not_found", "Nothing here that you may end.");
      const at = await clock(tx);
      if (row.endedAt || at >= row.endsAt) refuse("ended", "This was over already.");
      const endedEntryId = await recordAudit(tx, ctx, {
        event: "delegation.ended",
        body: {
          what: `${row.name} is back`,
          delegation: input.delegationId,
          person: row.fromId,
          name: row.name,
        },
      });
      await tx
        .update(delegations)
        .set({ endedAt: at, endedBy: ctx.actor.id, endedEntryId })
        .where(eq(delegations.id, input.delegationId));
      return { delegationId: input.delegationId };
    },
  );
