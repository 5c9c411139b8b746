import { eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { clock, type Reader } from "#db/client.ts";
import { reviewExceptions } from "#db/schema/reviews.ts";
import { staff } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { may } from "#lib/staff/rights.ts";
import { aboutItem, lockItem } from "./item.ts";
import type { ExceptInput } from "./item-schemas.ts";
import { activeBy } from "./tasks.ts";

/**
 * Compliance lets an undecided item stay as it is for a time, on somebody's account. Refuses with `not_allowed`,
 * `not_found`, `already_decided`, or `invalid` with fields.
 */
export const exceptItem = (
  ctx: Ctx<StaffActor>,
  input: ExceptInput,
): Promise<Result<{ itemId: string }>> =>
  transact(ctx, { event: "review.refused", body: { item_id: input.itemId } }, async (tx) => {
    if (!may(ctx.actor, "run_reviews"))
      refuse("not_allowed", "Only compliance makes an exception.");
    const item = await lockItem(tx, input.itemId);
    if (!item) refuse("not_found", "Nothing here that you may do.");
    if (item.personId === ctx.actor.id)
      refuse("not_allowed", "You cannot make an exception for yourself.");
    if (item.endedAt || item.decision || item.excepted)
      refuse("already_decided", "There is nothing left to decide here.");
    const ownerId = await activeBy(tx, input.ownerEmail, item.personId);
    const { reviews, version } = await currentPolicy(tx);
    const today = await clock(tx);
    const last = new Date(today.getTime() + reviews.exceptionDays * 86_400_000);
    const { expiresOn, reason } = input;
    if (expiresOn <= dayOf(today) || expiresOn > dayOf(last))
      refuse("invalid", "One answer needs another look.", {
        fields: {
          expiresOn: `Choose a day after today, until ${dayOf(last)}: policy ${version} allows ${reviews.exceptionDays} days.`,
        },
      });
    const entryId = await recordAudit(tx, ctx, {
      event: "review.excepted",
      body: {
        ...aboutItem(item),
        what: `Left as it is until ${expiresOn}: ${reason}`,
        owner: ownerId,
        expires: expiresOn,
        reason,
        policy: version,
      },
    });
    await tx.insert(reviewExceptions).values({
      ...{ id: newId(), itemId: item.id, ownerId, expiresOn, reason },
      ...{ madeBy: ctx.actor.id, entryId },
    });
    return { itemId: item.id };
  });

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

const owner = alias(staff, "exception_owner");
const maker = alias(staff, "exception_maker");

/** The exception of an item, with who answers for it; null when there is none. */
export async function readException(db: Reader, itemId: string) {
  const [row] = await db
    .select({
      ownerName: owner.name,
      madeBy: maker.name,
      at: reviewExceptions.at,
      expiresOn: reviewExceptions.expiresOn,
      reason: reviewExceptions.reason,
    })
    .from(reviewExceptions)
    .innerJoin(owner, eq(owner.id, reviewExceptions.ownerId))
    .innerJoin(maker, eq(maker.id, reviewExceptions.madeBy))
    .where(eq(reviewExceptions.itemId, itemId));
  return row ?? null;
}
