import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { clock, type Transaction, transaction } from "#db/client.ts";
import { campaigns, reviewReminders } from "#db/schema/reviews.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Day } from "#lib/kernel/days.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { may } from "#lib/staff/rights.ts";
import type { ReminderKind } from "#lib/vocabulary.ts";
import { daysBetween, kindOn, localTime, reminderDue } from "./reminder-rules.ts";
import { reminderWords } from "./reminder-words.ts";
import { readWaiting, reminderFacts, type Waiting } from "./waiting.ts";

export const remindSchema = z.object({ campaignId: idSchema, reviewerId: idSchema });
export type RemindInput = z.infer<typeof remindSchema>;

/**
 * The reminders of every open review that are due now, each once; a part of the worker's round. `when` is the database's
 * time unless somebody tells of another.
 */
export async function remindDue(ctx: Ctx, when?: Date): Promise<void> {
  const waiting = await readWaiting(ctx.db, null);
  const at = when ?? (await clock(ctx.db));
  if (!waiting.some((one) => reminderDue(reminderFacts(one), at))) return;
  await transaction(ctx.db, async (tx) => {
    const { rows } = await tx.execute<{ mine: boolean }>(
      sql`select pg_try_advisory_xact_lock(${lock}) as mine`,
    );
    if (!rows[0]?.mine) return;
    // A closing is before this or after it: after one nobody is reminded.
    await tx
      .select({ id: campaigns.id })
      .from(campaigns)
      .where(eq(campaigns.status, "open"))
      .orderBy(campaigns.id)
      .for("share");
    // Another worker may have been here between the look and the lock.
    for (const one of await readWaiting(tx, null)) {
      const due = reminderDue(reminderFacts(one), at);
      if (due) await record(tx, ctx, one, due, null);
    }
  });
}

/** Compliance reminds one reviewer by hand. Refuses with `not_allowed`, `not_found`, `already_decided` twice a day. */
export const remind = (
  ctx: Ctx<StaffActor>,
  input: RemindInput,
): Promise<Result<{ name: string; open: number }>> =>
  transact(ctx, { event: "review.refused", body: { ...input } }, async (tx) => {
    if (!may(ctx.actor, "run_reviews")) refuse("not_allowed", "Only compliance reminds.");
    await tx.execute(sql`select pg_advisory_xact_lock(${lock})`);
    const [one] = await readWaiting(tx, input);
    const name = one?.name;
    if (!one || !name) refuse("not_found", "This reviewer has nothing left to decide.");
    if (!one.able)
      refuse(
        "conflict",
        `${name} may not decide any more, so there is nobody to remind: hand on what they have left.`,
      );
    const { day } = localTime(await clock(tx), one.zone);
    const left = daysBetween(day, reminderFacts(one).dueDay);
    const kind = one.open > 0 ? kindOn(left) : "late";
    await record(tx, ctx, one, { kind, day }, ctx.actor.id);
    return { name, open: one.open };
  });

const lock = sql.raw("hashtextextended('review reminders', 0)");

async function record(
  tx: Transaction,
  ctx: Ctx,
  one: Waiting,
  { kind, day }: { kind: ReminderKind; day: Day },
  sentBy: string | null,
): Promise<void> {
  const { campaignId, personId: reviewerId, open, lateTasks } = one;
  const { dueDay } = reminderFacts(one);
  const entryId = await recordAudit(tx, ctx, {
    event: "review.reminded",
    body: {
      what: reminderWords(one, dueDay),
      to: !one.able ? "compliance" : open > 0 ? "reviewer" : "owner",
      campaign_id: campaignId,
      campaign: one.slug,
      kind,
      open,
      late_tasks: lateTasks,
      due: dueDay,
      reviewer: reviewerId,
      reviewer_name: one.name,
      manager: one.managerId,
      manager_name: one.managerName,
      by_hand: sentBy !== null,
    },
  });
  await tx
    .insert(reviewReminders)
    .values({ campaignId, reviewerId, day, kind, open, lateTasks, sentBy, entryId });
}
