import { asc, eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Reader } from "#db/client.ts";
import { reviewRemediations, reviewTasksGivenOn } from "#db/schema/reviews.ts";
import { staff } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { readOwnAccounts } from "#lib/staff/own-accounts.ts";
import { may } from "#lib/staff/rights.ts";
import { aboutItem } from "./item.ts";
import type { TaskGivenOnInput } from "./item-schemas.ts";
import { activeBy, lockTask, mayFollow, type Remediation } from "./tasks.ts";
import { todayOf } from "./today.ts";

/** Whether a task is still to be done by somebody, and not just to be looked at. */
export const isToDo = ({ kind, doneAt, result }: Remediation): boolean =>
  kind === "outside" && (result === "still_possible" || (result === null && doneAt === null));

/**
 * Compliance gives a task outside to somebody else, until another day, and says why: its owner has left, say. Who had it
 * stays on record. Refuses with `not_allowed`, `not_found`, `conflict` (there is nothing left to do), `ended`, or `invalid` with
 * fields.
 */
export const giveTaskOn = (
  ctx: Ctx<StaffActor>,
  { taskId, ownerEmail, dueOn, reason }: TaskGivenOnInput,
): Promise<Result<{ taskId: string }>> =>
  transact(ctx, { event: "review.refused", body: { task: taskId } }, async (tx) => {
    if (!may(ctx.actor, "run_reviews"))
      refuse("not_allowed", "Only compliance gives a task to somebody else.");
    const { task, item } = await lockTask(tx, taskId);
    if (!mayFollow(ctx.actor, item, await readOwnAccounts(tx, ctx.actor.id)))
      refuse("not_found", "Nothing here that you may do.");
    if (!isToDo(task)) refuse("conflict", "It is marked done: somebody looks first.");
    const ownerId = await activeBy(tx, ownerEmail, [item.personId]);
    const { today } = await todayOf(tx, item.campaign.id);
    const fields = {
      ...(ownerId === task.ownerId ? { ownerEmail: "They have it already." } : {}),
      ...(dueOn < today ? { dueOn: "Choose today or a later day." } : {}),
    };
    if (Object.keys(fields).length > 0)
      refuse("invalid", "One answer needs another look.", { fields });
    const entryId = await recordAudit(tx, ctx, {
      event: "review.task_set",
      body: {
        ...aboutItem(item),
        what: `Gave a task outside of ${task.ownerName ?? "nobody"} to somebody else, until ${dueOn}: ${task.what} “${reason}”`,
        task: taskId,
        from: task.ownerId,
        owner: ownerId,
        due: dueOn,
        reason,
      },
    });
    if (task.ownerId === null || task.dueOn === null) throw new Error("A task of nobody");
    await tx.insert(reviewTasksGivenOn).values({
      ...{ id: newId(), taskId, fromId: task.ownerId, fromDueOn: task.dueOn },
      ...{ ownerId, dueOn, reason, givenBy: ctx.actor.id, entryId },
    });
    return { taskId };
  });

const before = alias(staff, "task_owner_before");
const giver = alias(staff, "task_giver");

/** Who had the tasks of an item before they went to somebody else, oldest first. */
export const readTasksGivenOn = (db: Reader, itemId: string) =>
  db
    .select({
      id: reviewTasksGivenOn.id,
      taskId: reviewTasksGivenOn.taskId,
      from: before.name,
      fromDueOn: reviewTasksGivenOn.fromDueOn,
      by: giver.name,
      at: reviewTasksGivenOn.at,
      reason: reviewTasksGivenOn.reason,
    })
    .from(reviewTasksGivenOn)
    .innerJoin(reviewRemediations, eq(reviewRemediations.id, reviewTasksGivenOn.taskId))
    .innerJoin(before, eq(before.id, reviewTasksGivenOn.fromId))
    .innerJoin(giver, eq(giver.id, reviewTasksGivenOn.givenBy))
    .where(eq(reviewRemediations.itemId, itemId))
    .orderBy(asc(reviewTasksGivenOn.at))
    .limit(50);
export type TaskGivenOn = Awaited<ReturnType<typeof readTasksGivenOn>>[number];
