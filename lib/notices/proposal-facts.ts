import { eq, inArray, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Reader } from "#db/client.ts";
import { accounts, products } from "#db/schema/directory.ts";
import { proposals } from "#db/schema/proposals.ts";
import { staff } from "#db/schema/staff.ts";
import type { Found } from "./facts.ts";

const decider = alias(staff, "decider");
const proposer = alias(staff, "proposer");
const about = alias(staff, "about");

/** Proposals by the entry that made or decided them. */
export const readProposals = async (db: Reader, entryIds: readonly string[]) => {
  if (entryIds.length === 0) return new Map<string, never>();
  const ids = [...entryIds];
  const rows = await db
    .select({
      id: proposals.id,
      number: proposals.number,
      kind: proposals.kind,
      status: proposals.status,
      reason: proposals.reason,
      comment: proposals.comment,
      lapsesAt: proposals.lapsesAt,
      madeEntryId: proposals.madeEntryId,
      decidedEntryId: proposals.decidedEntryId,
      proposedBy: proposals.proposedBy,
      by: sql<string>`coalesce(${proposer.name}, ${products.name}, 'The product')`,
      decidedBy: decider.name,
      account: accounts.name,
      person: about.name,
    })
    .from(proposals)
    .leftJoin(proposer, eq(proposer.id, proposals.proposedBy))
    .leftJoin(decider, eq(decider.id, proposals.decidedBy))
    .leftJoin(products, eq(products.id, proposals.productId))
    .leftJoin(accounts, eq(accounts.id, proposals.accountId))
    .leftJoin(about, eq(about.id, proposals.staffId))
    .where(
      sql`${inArray(proposals.madeEntryId, ids)} or ${inArray(proposals.decidedEntryId, ids)}`,
    );
  return new Map(
    rows.flatMap((row) =>
      [row.madeEntryId, row.decidedEntryId].flatMap((id) => (id ? [[id, row] as const] : [])),
    ),
  );
};

export type ProposalFacts = Found<typeof readProposals>;
