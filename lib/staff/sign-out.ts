import { and, eq, isNull, sql } from "drizzle-orm";
import { staffSignIns } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";

/**
 * Ends the actor's own sign-in. A live session of it is over from then on; `lib/impersonation/sign-out.ts` closes
 * it. Refuses with `ended` when the sign-in was over before.
 */
export const signOut = (ctx: Ctx<StaffActor>): Promise<Result<{ signInId: string }>> =>
  transact(ctx, { event: "sign_in.end_refused" }, async (tx) => {
    const { signInId, name } = ctx.actor;
    const [ended] = await tx
      .update(staffSignIns)
      .set({ endedAt: sql`clock_timestamp()`, endCause: "signed_out" })
      .where(and(eq(staffSignIns.id, signInId), isNull(staffSignIns.endedAt)))
      .returning({ id: staffSignIns.id });
    if (!ended) refuse("ended", "You had signed out before.");
    await recordAudit(tx, ctx, {
      event: "sign_in.ended",
      body: { what: `${name} signed out`, sign_in: signInId, cause: "signed_out" },
    });
    return { signInId };
  });
