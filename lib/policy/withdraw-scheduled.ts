import type { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { policyWithdrawals } from "#db/schema/policy.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { may } from "#lib/staff/rights.ts";
import { lockPolicy } from "./lock.ts";
import type { withdrawSchema } from "./schemas.ts";

/** In the caller's transaction, under its lock: a version that lies ahead never comes into force. */
export async function withdrawIn(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  version: number,
  reason: string,
): Promise<void> {
  const entryId = await recordAudit(tx, ctx, {
    event: "policy.changed",
    body: {
      what: `Policy ${version} was withdrawn before its day: ${reason}`,
      withdrawn: version,
      reason,
    },
  });
  await tx
    .insert(policyWithdrawals)
    .values({ version, reason, entryId, withdrawnBy: ctx.actor.id });
}

/** An admin takes back what lies ahead: what is in force stays so. Refuses with `not_allowed` or `ended`. */
export const withdrawScheduled = (
  ctx: Ctx<StaffActor>,
  input: z.infer<typeof withdrawSchema>,
): Promise<Result<{ version: number }>> =>
  transact(ctx, { event: "policy.refused", body: { version: input.version } }, async (tx) => {
    if (!may(ctx.actor, "change_settings"))
      refuse("not_allowed", "Only an admin changes the policy.");
    const { scheduled } = await lockPolicy(tx);
    if (scheduled?.version !== input.version)
      refuse("ended", "Nothing lies ahead any more. Look at the policy again.");
    await withdrawIn(tx, ctx, input.version, input.reason);
    return { version: input.version };
  });
