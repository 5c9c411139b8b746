import { eq } from "drizzle-orm";
import { proposals } from "#db/schema/proposals.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { proposalNumber } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { lockProposal } from "./lock.ts";
import { kindNames } from "./propose.ts";
import { statusAt } from "./rules.ts";

/** Who proposed it takes it back. Refuses with `not_found`, `own_record`, `already_decided` or `lapsed`. */
export const withdraw = (
  ctx: Ctx<StaffActor>,
  input: { proposalId: string },
): Promise<Result<{ id: string; number: number }>> =>
  transact(ctx, { event: "proposal.refused", body: { proposal: input.proposalId } }, async (tx) => {
    const { proposal, at } = await lockProposal(tx, input.proposalId, ctx.actor.id);
    if (proposal.proposedBy !== ctx.actor.id)
      refuse("not_allowed", "Only who proposed it takes it back. You can decline it.");
    const status = statusAt(proposal, at);
    if (status === "lapsed")
      refuse("lapsed", "It had lapsed before: there is nothing to take back.");
    if (status !== "pending")
      refuse(
        "already_decided",
        `${proposal.decidedByName ?? "Somebody"} decided before: it is ${status}.`,
      );
    const number = proposalNumber(proposal.number);
    const decidedEntryId = await recordAudit(tx, ctx, {
      event: "proposal.withdrawn",
      accountId: proposal.accountId,
      subjectId: proposal.subjectId,
      body: {
        what: `${number} withdrawn: ${kindNames[proposal.kind]}`,
        proposal: proposal.id,
        number,
        kind: proposal.kind,
      },
    });
    await tx
      .update(proposals)
      .set({ status: "withdrawn", decidedBy: ctx.actor.id, decidedAt: at, decidedEntryId })
      .where(eq(proposals.id, proposal.id));
    return { id: proposal.id, number: proposal.number };
  });
