import { and, eq } from "drizzle-orm";
import { type Reader, transaction } from "#db/client.ts";
import { reviewLooks } from "#db/schema/reviews.ts";
import { staff } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { recordRefusal } from "#lib/audit/transact.ts";
import { has, type StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { ok, type Refusal, type Result } from "#lib/kernel/result.ts";
import { reach } from "#lib/staff/rights.ts";
import { aboutItem, findItem, type Item } from "./item.ts";
import type { ItemAddress } from "./item-schemas.ts";

const notFound: Refusal = {
  code: "not_found",
  message: "Nothing here that you may see. It does not exist, or it is not yours.",
};

/**
 * Looks at an item, on record each time: its reviewer, the person's manager, compliance and admins, these without figures
 * on the person; the person reads their own elsewhere. Refuses with `not_found`, which is on record too where the
 * item exists.
 */
export async function lookAtItem(
  ctx: Ctx<StaffActor>,
  address: ItemAddress,
): Promise<Result<Item>> {
  const item = await findItem(ctx.db, address);
  if (!item) return { ok: false, error: notFound };
  if (!(await maySee(ctx.db, ctx.actor, item))) {
    await recordRefusal(ctx, { event: "review.refused", body: aboutItem(item) }, notFound);
    return { ok: false, error: notFound };
  }
  await transaction(ctx.db, async (tx) => {
    const entryId = await recordAudit(tx, ctx, {
      event: "review.looked",
      body: { ...aboutItem(item), what: `Looked at the review of ${item.name}, ${item.role}` },
    });
    // Of a closed review nothing is added to; that somebody looked is in the log all the same.
    if (item.campaign.status === "open")
      await tx
        .insert(reviewLooks)
        .values({ id: newId(), itemId: item.id, readerId: ctx.actor.id, entryId });
  });
  return ok(item);
}

/** Whether figures on the person of an item are for this reader: their manager, compliance, and until the closing who decides. */
export async function maySeeFigures(db: Reader, reader: StaffActor, item: Item): Promise<boolean> {
  if (has(reader, "compliance")) return true;
  if (reader.id === item.reviewerId && item.campaign.status === "open") return true;
  return manages(db, reader, item);
}

/** Whether this reader may see an item at all. */
async function maySee(db: Reader, reader: StaffActor, item: Item): Promise<boolean> {
  const far = reach(reader, "see_reviews");
  if (far === "all" || reader.id === item.reviewerId) return true;
  if (far === "none" || reader.id === item.personId) return false;
  return manages(db, reader, item);
}

async function manages(db: Reader, reader: StaffActor, item: Item): Promise<boolean> {
  const [managed] = await db
    .select({ id: staff.id })
    .from(staff)
    .where(and(eq(staff.id, item.personId), eq(staff.managerId, reader.id)));
  return managed !== undefined;
}
