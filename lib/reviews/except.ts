import { desc, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Reader, Transaction } from "#db/client.ts";
import { reviewExceptions } from "#db/schema/reviews.ts";
import { staff } from "#db/schema/staff.ts";
import { entryRow, writeEntries } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { may } from "#lib/staff/rights.ts";
import type { ExceptionKind } from "#lib/vocabulary.ts";
import { conflictWith } from "./conflict.ts";
import { aboutItem, type Item, lockItem } from "./item.ts";
import { conflictWords } from "./item-rules.ts";
import type { ExceptInput } from "./item-schemas.ts";
import { activeBy } from "./tasks.ts";
import { todayOf } from "./today.ts";

/** By hand before the closing: of what nobody decided, or of what was decided and stays possible. */
const kindOf = ({ decision }: Pick<Item, "decision">) =>
  decision === "change" || decision === "revoke" ? ("unproved" as const) : ("undecided" as const);

/**
 * Compliance lets an item stay as it is for a time, on somebody else's account: one that nobody decided, where the policy
 * says exception or the right is that of the last admin; or one whose right was to go and is still there. It stands until
 * its day and while its owner is active; then the item is as it was before. Whoever makes one does not close the review. Refuses with `not_allowed`, `not_found`, `already_decided`,
 * `conflict` where the policy revokes, or `invalid` with fields.
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
    const conflict = await conflictWith(tx, ctx.actor, item);
    if (conflict)
      refuse("not_allowed", `${conflictWords(conflict, item.name)} Nor do you make an exception.`);
    if (!isLeft(item)) refuse("already_decided", "There is nothing left to decide here.");
    const ownerId = await answering(tx, item.campaign.id, input, [item.personId, ctx.actor.id]);
    await exceptIn(tx, ctx, item, kindOf(item), { ...input, ownerId });
    return { itemId: item.id };
  });

/** Whether there is anything to except: a right that is there and undecided, or one that is to go and is not proved gone. */
function isLeft(item: Item): boolean {
  if (item.endedAt || item.excepted) return false;
  if (kindOf(item) === "unproved") return item.remediatedAt === null;
  return item.decision === null && item.revokedAt === null;
}

/** For how many days this person may except an item; null where it is no matter for an exception, or not theirs. */
export async function exceptableFor(
  db: Reader,
  actor: StaffActor,
  item: Item,
): Promise<number | null> {
  if (!may(actor, "run_reviews") || !isLeft(item)) return null;
  if (await conflictWith(db, actor, item)) return null;
  const { reviews } = await currentPolicy(db);
  const { rows } = await db.execute<{ needs: boolean; stuck: boolean }>(
    sql`select review_needs_admin(i) as needs, review_stuck(i) as stuck from review_items i where i.id = ${item.id}`,
  );
  const { needs = false, stuck = false } = rows[0] ?? {};
  const isMatter = kindOf(item) === "unproved" ? stuck : needs || reviews.undecided === "exception";
  return isMatter ? reviews.exceptionDays : null;
}

/** Who is to answer for exceptions of others' items, once the day is one that the policy allows. */
export async function answering(
  tx: Transaction,
  campaignId: string,
  { ownerEmail, expiresOn }: { ownerEmail: string; expiresOn: string },
  others: readonly string[],
): Promise<string> {
  const ownerId = await activeBy(tx, ownerEmail, others);
  const { reviews, version } = await currentPolicy(tx);
  const { today, last } = await todayOf(tx, campaignId, reviews.exceptionDays);
  if (expiresOn <= today || expiresOn > last)
    refuse("invalid", "One answer needs another look.", {
      fields: {
        expiresOn: `Choose a day after today, until ${last}: policy ${version} allows ${reviews.exceptionDays} days.`,
      },
    });
  return ownerId;
}

/** Stores one of an item that is held, in the caller's transaction; the schema refuses what is no matter for an exception. */
export const exceptIn = (
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  item: Item,
  kind: ExceptionKind,
  answers: Answers,
): Promise<void> => exceptAll(tx, ctx, [aboutItem(item)], kind, answers);

type Answers = { ownerId: string; expiresOn: string; reason: string };
const perStatement = 250;

/** The same of any number of items, which the schema holds as they are stored. */
export async function exceptAll(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  items: readonly ReturnType<typeof aboutItem>[],
  kind: ExceptionKind,
  { ownerId, expiresOn, reason }: Answers,
): Promise<void> {
  const { version } = await currentPolicy(tx);
  for (let from = 0; from < items.length; from += perStatement) {
    const made = items.slice(from, from + perStatement).map((about) => {
      const entry = entryRow(ctx, {
        event: "review.excepted",
        body: {
          ...about,
          what: `Left as it is until ${expiresOn}: ${reason}`,
          owner: ownerId,
          expires: expiresOn,
          reason,
          kind,
          policy: version,
        },
      });
      const row = { id: newId(), itemId: about.item_id, ownerId, expiresOn, reason, kind };
      return { entry, row: { ...row, madeBy: ctx.actor.id, entryId: entry.id } };
    });
    await writeEntries(
      tx,
      made.map(({ entry }) => entry),
    );
    await tx.insert(reviewExceptions).values(made.map(({ row }) => row));
  }
}

const owner = alias(staff, "exception_owner");
const maker = alias(staff, "exception_maker");

/** The newest exception of an item, with who answers for it; null when there is none. */
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
    .where(eq(reviewExceptions.itemId, itemId))
    .orderBy(desc(reviewExceptions.at))
    .limit(1);
  return row ?? null;
}
