import { and, asc, eq, lte } from "drizzle-orm";
import { clock, transaction } from "#db/client.ts";
import { proposals } from "#db/schema/proposals.ts";
import { recordAudit } from "#lib/audit/record.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { proposalNumber } from "#lib/kernel/ids.ts";
import { lockProposal } from "./lock.ts";
import { kindNames } from "./propose.ts";
import { proposalDays, statusAt } from "./rules.ts";

/**
 * Puts on record what nobody decided in time: the worker's part. Nothing depends on it, since a late one is refused
 * anyway. Gives how many it closed, at most `limit`. @throws the first failure, after the rest.
 */
export async function lapseDueProposals(ctx: Ctx, limit = 100): Promise<number> {
  const at = await clock(ctx.db);
  const due = await ctx.db
    .select({ id: proposals.id })
    .from(proposals)
    .where(and(eq(proposals.status, "pending"), lte(proposals.lapsesAt, at)))
    .orderBy(asc(proposals.proposedAt))
    .limit(limit);
  const failures: unknown[] = [];
  let closed = 0;
  for (const { id } of due)
    await lapse(ctx, id).then(
      (did) => (closed += Number(did)),
      (error: unknown) => failures.push(error),
    );
  if (failures.length > 0) throw failures[0];
  return closed;
}

/** False when somebody else was first. */
const lapse = (ctx: Ctx, id: string): Promise<boolean> =>
  transaction(ctx.db, async (tx) => {
    const { proposal, at } = await lockProposal(tx, id, null);
    if (proposal.status !== "pending" || statusAt(proposal, at) !== "lapsed") return false;
    const number = proposalNumber(proposal.number);
    const decidedEntryId = await recordAudit(tx, ctx, {
      event: "proposal.lapsed",
      accountId: proposal.accountId,
      subjectId: proposal.subjectId,
      body: {
        what: `${number} lapsed: nobody decided on ${kindNames[proposal.kind]} within ${proposalDays} days`,
        proposal: proposal.id,
        number,
        kind: proposal.kind,
      },
    });
    await tx
      .update(proposals)
      .set({ status: "lapsed", decidedAt: at, decidedEntryId })
      .where(eq(proposals.id, id));
    return true;
  });
