import { eq } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { reviewDecisions, reviewRemediations } from "#db/schema/reviews.ts";
import { staffRoles } from "#db/schema/staff.ts";
import { entryRow, recordAudit, writeEntries } from "#lib/audit/record.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { refuse } from "#lib/kernel/result.ts";
import { may } from "#lib/staff/rights.ts";
import { aboutItem, type Item, lockItem } from "./item.ts";
import { decisionWords } from "./item-rules.ts";

type Decision = { id: string; decision: "change" | "revoke"; entryId: string };

/**
 * Takes the right of an item in the transaction of the decision on it, and leaves looking where only acting is taken.
 * What remains to be proved is laid down beside it. The schema lets no other right go by a review.
 */
export async function takeRight(
  tx: Transaction,
  ctx: Ctx,
  item: Item,
  { id, decision, entryId }: Decision,
): Promise<void> {
  const rests = { ...aboutItem(item), review_decision: id };
  const revokedEntryId = await recordAudit(tx, ctx, {
    event: "role.revoked",
    body: { what: `Took the role ${item.role} from ${item.name}, by the review`, ...rests },
  });
  await tx
    .update(staffRoles)
    .set({ revokedEntryId, revokedAt: new Date() })
    .where(eq(staffRoles.id, item.grantId));
  if (decision === "change") {
    const grantedEntryId = await recordAudit(tx, ctx, {
      event: "role.granted",
      body: {
        what: `Left ${item.name} the role ${item.role} for looking only, by the review`,
        ...rests,
        looking_only: true,
      },
    });
    await tx.insert(staffRoles).values({
      ...{ id: newId(), staffId: item.personId, role: item.role, lookingOnly: true },
      grantedEntryId,
    });
  }
  await tx.insert(reviewRemediations).values({
    ...{ id: newId(), itemId: item.id, decisionId: id, entryId },
    kind: decision === "change" ? "looking_only" : "role_revoked",
    what:
      decision === "change"
        ? `Take acting from ${item.name}, leave looking`
        : `Take the role ${item.role} from ${item.name}`,
  });
}

const byPolicy = "Nobody decided it before the review was closed; the policy says revoke.";

/**
 * An item that nobody decided, once the review is late: revoked by policy, in the transaction of compliance who closes and
 * who decided nothing in it; the entries are the policy's. What was taken is tried after the commit. The schema refuses
 * it before the due date, of the last admin, and of what is decided or excepted.
 */
export async function revokeByPolicy(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  itemId: string,
): Promise<void> {
  if (!may(ctx.actor, "run_reviews")) refuse("not_allowed", "Only compliance closes a review.");
  const asPolicy: Ctx = { ...ctx, actor: { kind: "system", part: "policy" } };
  const item = await lockItem(tx, itemId);
  if (!item) refuse("not_found", "Nothing here that you may see.");
  if (item.decision) refuse("already_decided", "The item is decided.");
  const [id, entryId] = [newId(), newId()];
  const conflictCheck = "By policy: no person decided.";
  const decision = { id, decision: "revoke" as const, entryId };
  await tx
    .insert(reviewDecisions)
    .values({ ...decision, itemId, justification: byPolicy, conflictCheck });
  const entry = entryRow(asPolicy, {
    event: "review.decided",
    body: {
      ...aboutItem(item),
      what: `${decisionWords.revoke}: ${item.name}, ${item.role}. ${byPolicy}`,
      review_decision: id,
      decision: "revoke",
      justification: byPolicy,
      conflict_check: conflictCheck,
      closing_by: ctx.actor.id,
    },
  });
  await writeEntries(tx, [{ ...entry, id: entryId }]);
  await takeRight(tx, asPolicy, item, decision);
}
