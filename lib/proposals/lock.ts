import { eq, type SQLWrapper, sql } from "drizzle-orm";
import { clock, type Transaction } from "#db/client.ts";
import { proposals } from "#db/schema/proposals.ts";
import { refuse } from "#lib/kernel/result.ts";

/** A proposal under its lock, with how the reader stands to it, and the time after the lock. */
export async function lockProposal(tx: Transaction, id: string, readerId: string | null) {
  const [proposal] = await tx
    .select()
    .from(proposals)
    .where(eq(proposals.id, id))
    .for("no key update");
  if (!proposal) refuse("not_found", "Nothing here that you may see.");
  const [around] = await tx
    .select({
      decidedByName: sql<
        string | null
      >`(select s.name from staff s where s.id = ${proposal.decidedBy}::uuid)`,
      proposedByName: sql<string>`coalesce((select s.name from staff s where s.id = ${proposal.proposedBy}::uuid),
        (select d.name from products d where d.id = ${proposal.productId}::uuid), '–')`,
      isOwn: sql<boolean>`coalesce(same_person(${readerId}::uuid, ${proposal.proposedBy}::uuid), false)`,
      proposerMay: mayStillPropose(proposal.proposedBy, proposal.kind),
      isAbout: sql<boolean>`coalesce(same_person(${readerId}::uuid, ${proposal.staffId}::uuid), false)`,
    })
    .from(sql`(select 1) as one`);
  if (!around) throw new Error("A row of constants is there");
  return { proposal: { ...proposal, ...around }, at: await clock(tx) };
}

/** Whether who proposed it could do so still; a product always can. As the schema asks at the acceptance. */
export const mayStillPropose = (
  proposedBy: SQLWrapper | string | null,
  kind: SQLWrapper | string,
) => sql<boolean>`(${proposedBy}::uuid is null or decides_proposals(${proposedBy}::uuid, ${kind}))`;

export type LockedProposal = Awaited<ReturnType<typeof lockProposal>>["proposal"];
