import { and, asc, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Reader, Transaction } from "#db/client.ts";
import { reviewRemediations } from "#db/schema/reviews.ts";
import { staff } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { dayWords } from "#lib/kernel/days.ts";
import { newId } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { readOwnAccounts } from "#lib/staff/own-accounts.ts";
import { may } from "#lib/staff/rights.ts";
import { aboutItem, type Item, lockItem } from "./item.ts";
import type { TaskCheckedInput, TaskInput } from "./item-schemas.ts";
import { recordRemediated } from "./prove.ts";
import { todayOf } from "./today.ts";

const owner = alias(staff, "task_owner");

/** What follows the decisions on an item, oldest first: what was taken here, and what is to be done elsewhere. */
export const readRemediations = (db: Reader, itemId: string) =>
  db
    .select({
      id: reviewRemediations.id,
      kind: reviewRemediations.kind,
      what: reviewRemediations.what,
      ownerId: reviewRemediations.ownerId,
      ownerName: owner.name,
      dueOn: reviewRemediations.dueOn,
      issuerGroup: reviewRemediations.issuerGroup,
      createdAt: reviewRemediations.createdAt,
      doneBy: reviewRemediations.doneBy,
      doneAt: reviewRemediations.doneAt,
      verifiedHow: reviewRemediations.verifiedHow,
      result: reviewRemediations.result,
      verifiedAt: reviewRemediations.verifiedAt,
    })
    .from(reviewRemediations)
    .leftJoin(owner, eq(owner.id, reviewRemediations.ownerId))
    .where(eq(reviewRemediations.itemId, itemId))
    .orderBy(asc(reviewRemediations.createdAt))
    .limit(50);
export type Remediation = Awaited<ReturnType<typeof readRemediations>>[number];

/**
 * What is to be done elsewhere after a decision, a group of the issuer say: somebody's, until a day. By the item's
 * reviewer or compliance. Refuses with `not_found`, `conflict` (nothing was taken), or `invalid` with fields.
 */
export const setTask = (
  ctx: Ctx<StaffActor>,
  input: TaskInput,
): Promise<Result<{ taskId: string }>> =>
  transact(ctx, { event: "review.refused", body: { item_id: input.itemId } }, async (tx) => {
    const item = await lockItem(tx, input.itemId);
    if (!item || !mayFollow(ctx.actor, item, await readOwnAccounts(tx, ctx.actor.id)))
      refuse("not_found", "Nothing here that you may do.");
    if (!item.decisionId || item.decision === "keep")
      refuse("conflict", "A task follows a decision to change or revoke.");
    const ownerId = await activeBy(tx, input.ownerEmail, [item.personId]);
    if (input.dueOn < (await todayOf(tx, item.campaign.id)).today)
      refuse("invalid", "One answer needs another look.", {
        fields: { dueOn: "Choose today or a later day." },
      });
    const taskId = newId();
    const { what, dueOn } = input;
    const issuerGroup = input.issuerGroup || null;
    const entryId = await recordAudit(tx, ctx, {
      event: "review.task_set",
      body: {
        ...aboutItem(item),
        what: `A task outside, until ${dayWords(dueOn)}: ${what}`,
        task: taskId,
        owner: ownerId,
        due: dueOn,
        group: issuerGroup,
      },
    });
    await tx.insert(reviewRemediations).values({
      ...{ id: taskId, itemId: item.id, decisionId: item.decisionId, kind: "outside" },
      ...{ what, ownerId, dueOn, issuerGroup, entryId },
    });
    return { taskId };
  });

/** Its owner says that a task is done. It counts when somebody else has looked. */
export const doneTask = (
  ctx: Ctx<StaffActor>,
  { taskId }: { taskId: string },
): Promise<Result<{ taskId: string }>> =>
  transact(ctx, { event: "review.refused", body: { task: taskId } }, async (tx) => {
    const { task, item } = await lockTask(tx, taskId);
    if (task.ownerId !== ctx.actor.id) refuse("not_found", "Nothing here that you may do.");
    if (task.doneAt) refuse("already_decided", "It is marked done already.");
    await recordAudit(tx, ctx, {
      event: "review.task_checked",
      body: { ...aboutItem(item), what: `Marked done: ${task.what}`, task: taskId, done: true },
    });
    await tx
      .update(reviewRemediations)
      .set({ doneBy: ctx.actor.id, doneAt: new Date() })
      .where(eq(reviewRemediations.id, taskId));
    return { taskId };
  });

/**
 * Somebody other than its owner, and than who did it, has looked whether a task was done, and says how. Refuses with
 * `not_found`, `not_allowed` for these two, `conflict` before it is marked done.
 */
export const checkTask = (
  ctx: Ctx<StaffActor>,
  { taskId, result, how }: TaskCheckedInput,
): Promise<Result<{ taskId: string }>> =>
  transact(ctx, { event: "review.refused", body: { task: taskId } }, async (tx) => {
    const { task, item } = await lockTask(tx, taskId);
    const own = await readOwnAccounts(tx, ctx.actor.id);
    if (isTheirs(task, own)) refuse("not_allowed", "You did it, so somebody else has to look.");
    if (!mayFollow(ctx.actor, item, own)) refuse("not_found", "Nothing here that you may do.");
    if (!task.doneAt) refuse("conflict", "It is not marked done yet.");
    await lookedAt(tx, ctx, item, taskId, { result, how });
    return { taskId };
  });

/** What somebody saw who looked whether a task was done, on record; the item may be remediated by it. */
export async function lookedAt(
  tx: Transaction,
  ctx: Ctx,
  item: Item,
  taskId: string,
  { result, how, ...more }: { result: "refused" | "still_possible"; how: string; roster?: string },
): Promise<void> {
  const verifiedEntryId = await recordAudit(tx, ctx, {
    event: "review.task_checked",
    body: { ...aboutItem(item), what: `Looked again: ${how}`, task: taskId, result, ...more },
  });
  await tx
    .update(reviewRemediations)
    .set({ result, verifiedHow: how, verifiedEntryId, verifiedAt: new Date() })
    .where(eq(reviewRemediations.id, taskId));
  if (result === "refused") await recordRemediated(tx, ctx, item.id);
}

/** Whether who has these accounts has a task, or did it: so somebody else looks. */
export const isTheirs = (
  { ownerId, doneBy }: Pick<Remediation, "ownerId" | "doneBy">,
  accounts: readonly string[],
): boolean => accounts.some((id) => id === ownerId || id === doneBy);

/** Whether this person sees to what follows an item; it is about none of their accounts. */
export const mayFollow = (actor: StaffActor, item: Item, accounts: readonly string[]): boolean =>
  !accounts.includes(item.personId) && (actor.id === item.reviewerId || may(actor, "run_reviews"));

/** A task and its item, both held. Refuses with `not_found`, and `ended` where the review is closed. */
export async function lockTask(tx: Transaction, taskId: string) {
  const [found] = await tx
    .select({ itemId: reviewRemediations.itemId })
    .from(reviewRemediations)
    .where(and(eq(reviewRemediations.id, taskId), eq(reviewRemediations.kind, "outside")));
  const item = found ? await lockItem(tx, found.itemId) : null;
  const tasks = item ? await readRemediations(tx, item.id) : [];
  const task = tasks.find(({ id }) => id === taskId);
  if (!item || !task) refuse("not_found", "Nothing here that you may do.");
  return { task, item };
}

/** A person active on the staff by e-mail, other than these, through whatever account. Refuses with `invalid` beside the field. */
export async function activeBy(
  tx: Transaction,
  email: string,
  others: readonly string[],
): Promise<string> {
  const [row] = await tx
    .select({
      id: staff.id,
      status: staff.status,
      kind: staff.kind,
      isOther: sql<boolean>`${staff.personId} in (select o.person_id from staff o where o.id = any(${sql.param([...others])}::uuid[]))`,
    })
    .from(staff)
    .where(sql`lower(${staff.email}) = lower(${email})`);
  const invalid = (ownerEmail: string): never =>
    refuse("invalid", "One answer needs another look.", { fields: { ownerEmail } });
  if (row?.status !== "active") return invalid("Nobody active on the staff has this e-mail.");
  if (row.kind !== "person") return invalid("This is a service account: nobody is behind it.");
  if (row.isOther)
    return invalid("Nobody answers for their own right, nor for what they excepted themselves.");
  return row.id;
}
