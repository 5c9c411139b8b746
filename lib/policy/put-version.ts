import type { Transaction } from "#db/client.ts";
import { policyVersions } from "#db/schema/policy.ts";
import { type Json, recordAudit } from "#lib/audit/record.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { differences } from "./differences.ts";
import type { LockedPolicy } from "./lock.ts";
import type { PolicyBody } from "./policy.ts";
import { withdrawIn } from "./withdraw-scheduled.ts";

type Next = {
  body: PolicyBody;
  stored: Json;
  from: Date | null;
  reason: string;
  proposalId: string | null;
  /** Of the proposal, for the entry: who proposed it, and its number. */
  proposed?: { by: string; number: string };
};

/** Makes the next version, in the caller's transaction, under its lock; one that lay ahead is withdrawn on record. */
export async function putVersion(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  current: LockedPolicy,
  next: Next,
): Promise<{ version: number; inForceFrom: Date }> {
  const { scheduled, next: version, at } = current;
  if (scheduled) await withdrawIn(tx, ctx, scheduled.version, `Policy ${version} takes its place`);
  const from = next.from && next.from > at ? next.from : null;
  const entryId = await recordAudit(tx, ctx, {
    event: "policy.changed",
    body: {
      what: `Policy ${version} follows ${current.version}${from ? `, from ${from.toISOString()} on` : ""}: ${next.reason}`,
      version,
      follows: current.version,
      before: current.stored,
      after: next.stored,
      changes: differences(current.body, next.body).map(({ field, what, before, after }) => ({
        ...{ field, what, before, after },
      })),
      reason: next.reason,
      in_force_from: (from ?? at).toISOString(),
      ...(next.proposed ? { proposed_by: next.proposed.by, proposal: next.proposed.number } : {}),
    },
  });
  const [row] = await tx
    .insert(policyVersions)
    .values({
      ...{ version, body: next.stored, reason: next.reason, entryId },
      inForceFrom: from ?? at,
      changedBy: ctx.actor.id,
      signInId: ctx.actor.signInId,
      proposalId: next.proposalId,
    })
    .returning({ version: policyVersions.version, inForceFrom: policyVersions.inForceFrom });
  if (!row) throw new Error("A row that was inserted is there");
  return row;
}
