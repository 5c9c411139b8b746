import { clock, type Transaction } from "#db/client.ts";
import { proposals } from "#db/schema/proposals.ts";
import { type Json, recordAudit } from "#lib/audit/record.ts";
import type { ProductActor, StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId, proposalNumber } from "#lib/kernel/ids.ts";
import type { ProposalKind } from "#lib/vocabulary.ts";
import { proposalDays } from "./rules.ts";

export type Proposed = {
  kind: ProposalKind;
  accountId?: string | null;
  subjectId?: string | null;
  staffId?: string | null;
  /** What is in force, and what it would be: whoever carries it out checks that the first is so still. */
  before: Json;
  after: Json;
  /** 3 to 500 characters. */
  reason: string;
  /** The product that proposes by its sync, where no person does. */
  productId?: string | null;
  /** What it is in a few words, for the entry: “Pebblewick Bakery from enterprise to standard”. */
  about?: string;
};

/**
 * Lets something that is looser than before wait for a second person, in the caller's transaction: the caller has
 * authorised it. Its number is drawn by the schema.
 */
export async function propose(
  tx: Transaction,
  ctx: Ctx<StaffActor> | Ctx<ProductActor>,
  input: Proposed,
): Promise<{ id: string; number: number }> {
  const id = newId();
  const { kind, accountId, subjectId, staffId, before, after, reason, productId } = input;
  const at = await clock(tx);
  const number = await nextNumber(tx);
  const madeEntryId = await recordAudit(tx, ctx, {
    event: "proposal.made",
    accountId,
    subjectId,
    body: {
      what: `${proposalNumber(number)} proposed: ${input.about ?? kindNames[kind]}`,
      proposal: id,
      number: proposalNumber(number),
      kind,
      person: staffId,
      before,
      after,
      reason,
    },
  });
  await tx.insert(proposals).values({
    ...{ id, number, kind, accountId, subjectId, staffId, before, after, reason, madeEntryId },
    proposedBy: ctx.actor.kind === "staff" ? ctx.actor.id : null,
    productId: ctx.actor.kind === "product" ? ctx.actor.id : productId,
    lapsesAt: new Date(at.getTime() + proposalDays * 24 * 3_600_000),
  });
  return { id, number };
}

export const kindNames: Record<ProposalKind, string> = {
  flag: "a looser flag",
  policy: "a looser policy",
  role: "a change of the staff",
};

/** Drawn before the row, so that its entry names it. */
async function nextNumber(tx: Transaction): Promise<number> {
  const { rows } = await tx.execute<{ number: string }>(
    "select nextval('proposal_numbers')::text as number",
  );
  return Number(rows[0]?.number);
}
