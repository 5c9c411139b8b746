import { and, eq, isNull, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { staffSignIns } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { refuse } from "#lib/kernel/result.ts";

/**
 * Ends the actor's own sign-in, in the transaction of the verb that ends what depends on it
 * (`lib/impersonation/sign-out.ts`). Refuses with `ended` when it was over before.
 */
export async function endSignIn(tx: Transaction, ctx: Ctx<StaffActor>): Promise<void> {
  const [ended] = await tx
    .update(staffSignIns)
    .set({ endedAt: sql`clock_timestamp()`, endCause: "signed_out" })
    .where(and(eq(staffSignIns.id, ctx.actor.signInId), isNull(staffSignIns.endedAt)))
    .returning({ id: staffSignIns.id });
  if (!ended) refuse("ended", "You had signed out before.");
  await recordAudit(tx, ctx, {
    event: "sign_in.ended",
    body: { what: `${ctx.actor.name} signed out`, sign_in: ended.id, cause: "signed_out" },
  });
}
