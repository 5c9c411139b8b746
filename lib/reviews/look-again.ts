import { and, asc, eq, isNotNull, notInArray } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { reviewItems, reviewRemediations } from "#db/schema/reviews.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { readOwnAccounts } from "#lib/staff/own-accounts.ts";
import { lockItem } from "./item.ts";
import { type Membership, membershipIn } from "./memberships.ts";
import { isOutstanding } from "./outside.ts";
import type { RosterLine } from "./roster.ts";
import { lookedAt } from "./tasks.ts";

/**
 * Looks again, by a roster that lists groups of the issuer, at the tasks outside of a review that are marked done and name
 * a group; gives at how many. Whoever did a task, or is whom it is about, proves nothing by a roster that they bring. What
 * the roster cannot tell stays to be looked at by hand.
 */
export async function lookAgain(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  campaignId: string,
  roster: readonly RosterLine[],
  file: { id: string; fileName: string; sha256: string },
): Promise<number> {
  const memberships = membershipIn(roster);
  if (!memberships) return 0;
  let looked = 0;
  for (const { taskId, itemId, group } of await readDone(
    tx,
    campaignId,
    await readOwnAccounts(tx, ctx.actor.id),
  )) {
    const item = group ? await lockItem(tx, itemId) : null;
    if (!item || !group) continue;
    const found = memberships(item.email, group);
    if (found === "unknown") continue;
    await lookedAt(tx, ctx, item, taskId, {
      result: found === "in" ? "still_possible" : "refused",
      how: words(found, item.name, group, file),
      roster: file.id,
    });
    looked++;
  }
  return looked;
}

const words = (
  found: Exclude<Membership, "unknown">,
  name: string,
  group: string,
  { fileName, sha256 }: { fileName: string; sha256: string },
): string =>
  `The roster ${fileName || "of the company"} ${found === "in" ? "still lists" : "no longer lists"} ${name} in the group ${group}. SHA-256 of the file: ${sha256}.`;

/** Done by somebody else than who has these accounts, about somebody else, and not seen to be gone yet. */
const readDone = (tx: Transaction, campaignId: string, accounts: string[]) =>
  tx
    .select({
      taskId: reviewRemediations.id,
      itemId: reviewRemediations.itemId,
      group: reviewRemediations.issuerGroup,
    })
    .from(reviewRemediations)
    .innerJoin(reviewItems, eq(reviewItems.id, reviewRemediations.itemId))
    .where(
      and(
        eq(reviewItems.campaignId, campaignId),
        isOutstanding,
        isNotNull(reviewRemediations.doneAt),
        isNotNull(reviewRemediations.issuerGroup),
        notInArray(reviewRemediations.ownerId, accounts),
        notInArray(reviewRemediations.doneBy, accounts),
        notInArray(reviewItems.staffId, accounts),
      ),
    )
    // In one order, as others hold several items too.
    .orderBy(asc(reviewItems.number), asc(reviewRemediations.id));
