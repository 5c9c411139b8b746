import { eq } from "drizzle-orm";
import { transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import { proposals } from "#db/schema/proposals.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { closeEach } from "#lib/kernel/close-each.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { proposalNumber } from "#lib/kernel/ids.ts";
import { lockProposal } from "./lock.ts";
import { kindNames } from "./propose.ts";
import { proposalDays, statusAt } from "./rules.ts";

/**
 * Puts on record what nobody decided in time: the worker's part, those due longest first. Nothing depends on it, since a late
 * one is refused anyway. Goes on past what fails, until none is left or `limit` are closed; the rest is the next round's.
 * Gives how many it closed. @throws the first failure, after the rest.
 */
export const lapseDueProposals = (ctx: Ctx, limit = 1000): Promise<number> =>
  closeEach(
    (last) => due(ctx.db, last.at, last.id),
    (id) => lapse(ctx, id),
    limit,
  );

const due = preparedStatement<{ id: string; at: string }>(
  "proposals_overdue",
  `select id, lapses_at::text as at from proposals
    where status = 'pending' and (lapses_at, id) > ($1::timestamptz, $2::uuid) and lapses_at <= clock_timestamp()
    order by lapses_at, id limit 100`,
);

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
