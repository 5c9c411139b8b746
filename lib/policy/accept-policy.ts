import type { Json } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { proposalNumber } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { acceptIn } from "#lib/proposals/decide.ts";
import type { AcceptInput } from "#lib/proposals/schemas.ts";
import { requireFresh } from "#lib/staff/fresh.ts";
import { lockPolicy } from "./lock.ts";
import { overtakenBy } from "./overtaken.ts";
import { putVersion } from "./put-version.ts";
import { proposedPolicy } from "./schemas.ts";

/**
 * A second person accepts a looser policy: it is in force at once, or from its day on. Refuses as `acceptIn` does, with
 * `sign_in_again`, and with `policy_changed` where another policy than the one it was made against is in force.
 */
export const acceptPolicy = (
  ctx: Ctx<StaffActor>,
  input: AcceptInput,
): Promise<Result<{ version: number; inForceFrom: Date }>> =>
  transact(ctx, { event: "proposal.refused", body: { proposal: input.proposalId } }, async (tx) => {
    const current = await lockPolicy(tx);
    const { policyChange, acr } = current.body.freshSignIn;
    const proposal = await acceptIn(tx, ctx, input.proposalId, input.comment, "policy");
    requireFresh(ctx, current.at, policyChange, acr);
    const { before, after } = proposedPolicy.parse(proposal);
    const overtaken = overtakenBy(current.version, before.version);
    if (overtaken) refuse("policy_changed", overtaken);
    return putVersion(tx, ctx, current, {
      body: after.body,
      stored: storedBody(proposal.after),
      from: after.from === null ? null : new Date(after.from),
      reason: proposal.reason,
      proposalId: proposal.id,
      proposed: { by: proposal.proposedByName, number: proposalNumber(proposal.number) },
    });
  });

/** The body as it was proposed, to the letter: the schema compares. */
function storedBody(after: unknown): Json {
  if (typeof after !== "object" || after === null || !("body" in after))
    throw new Error("A proposal of a policy has a body");
  return JSON.parse(JSON.stringify(after.body));
}
