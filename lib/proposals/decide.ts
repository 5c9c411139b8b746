import { eq } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { proposals } from "#db/schema/proposals.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { proposalNumber } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import type { ProposalKind } from "#lib/vocabulary.ts";
import { type LockedProposal, lockProposal } from "./lock.ts";
import { whoMayDecide } from "./others.ts";
import { kindNames } from "./propose.ts";
import { acceptanceRefusal, decisionRefusal } from "./rules.ts";
import type { DeclineInput } from "./schemas.ts";

/**
 * A second person accepts, in the transaction of whoever carries it out: the caller checks that what was `before` is so
 * still, and brings `after` into force. Refuses with `not_found`, `already_decided`, `lapsed`, `second_person`,
 * `own_record`, `not_approver`, or `conflict` where who proposed it holds no role for it any more.
 */
export async function acceptIn(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  proposalId: string,
  comment = "",
  kind?: ProposalKind,
): Promise<LockedProposal> {
  const { proposal, at } = await lockProposal(tx, proposalId, ctx.actor.id);
  if (kind !== undefined && proposal.kind !== kind)
    refuse("not_found", "Nothing here that you may see.");
  await decide(tx, ctx, { proposal, at, status: "accepted", comment });
  return proposal;
}

/** A second person says no: nothing changes. Refuses as `acceptIn` does. */
export const decline = (
  ctx: Ctx<StaffActor>,
  input: DeclineInput,
): Promise<Result<{ id: string; number: number }>> =>
  transact(ctx, { event: "proposal.refused", body: { proposal: input.proposalId } }, async (tx) => {
    const { proposal, at } = await lockProposal(tx, input.proposalId, ctx.actor.id);
    await decide(tx, ctx, { proposal, at, status: "declined", comment: input.comment });
    return { id: proposal.id, number: proposal.number };
  });

type Decision = {
  proposal: LockedProposal;
  at: Date;
  status: "accepted" | "declined";
  comment: string;
};

async function decide(tx: Transaction, ctx: Ctx<StaffActor>, decision: Decision): Promise<void> {
  const { proposal, at, status } = decision;
  const others = (await whoMayDecide(tx, proposal)).filter((name) => name !== ctx.actor.name);
  const refused = decisionRefusal(ctx.actor, { ...proposal, others }, at);
  if (refused) refuse(refused.code, refused.message);
  const stale = status === "accepted" && acceptanceRefusal(proposal);
  if (stale) refuse(stale.code, stale.message);
  const comment = decision.comment === "" ? null : decision.comment;
  const number = proposalNumber(proposal.number);
  const decidedEntryId = await recordAudit(tx, ctx, {
    event: `proposal.${status}`,
    accountId: proposal.accountId,
    subjectId: proposal.subjectId,
    body: {
      what: `${number} ${status}: ${kindNames[proposal.kind]}${comment ? `, “${comment}”` : ""}`,
      proposal: proposal.id,
      number,
      kind: proposal.kind,
      person: proposal.staffId,
      comment,
    },
  });
  await tx
    .update(proposals)
    .set({ status, comment, decidedBy: ctx.actor.id, decidedAt: at, decidedEntryId })
    .where(eq(proposals.id, proposal.id));
}
