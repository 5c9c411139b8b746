import { sql } from "drizzle-orm";
import { z } from "zod";
import { clock, type Reader, type Transaction, transaction } from "#db/client.ts";
import { reviewReminders } from "#db/schema/reviews.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { may } from "#lib/staff/rights.ts";
import type { ReminderKind } from "#lib/vocabulary.ts";
import { daysBetween, kindOn, lastDayBefore, localTime, reminderDue } from "./reminder-rules.ts";
import { type Day, dayWords, periodTitle } from "./rules.ts";

export const remindSchema = z.object({ campaignId: idSchema, reviewerId: idSchema });
export type RemindInput = z.infer<typeof remindSchema>;

/**
 * The reminders of every open review that are due now, each once; a part of the worker's round. `when` is the database's
 * time unless somebody tells of another.
 */
export async function remindDue(ctx: Ctx, when?: Date): Promise<void> {
  const waiting = await readWaiting(ctx.db, null);
  const at = when ?? (await clock(ctx.db));
  if (!waiting.some((one) => reminderDue(factsOf(one), at))) return;
  await transaction(ctx.db, async (tx) => {
    const { rows } = await tx.execute<{ mine: boolean }>(
      sql`select pg_try_advisory_xact_lock(${lock}) as mine`,
    );
    if (!rows[0]?.mine) return;
    // Another worker may have been here between the look and the lock.
    for (const one of await readWaiting(tx, null)) {
      const due = reminderDue(factsOf(one), at);
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
    if (!one) refuse("not_found", "This reviewer has nothing left to decide.");
    if (!one.able)
      refuse(
        "conflict",
        `${one.name} may not decide any more, so there is nobody to remind: hand on what they have left.`,
      );
    const { day } = localTime(await clock(tx), one.zone);
    const kind = kindOn(daysBetween(day, factsOf(one).dueDay));
    await record(tx, ctx, one, { kind, day }, ctx.actor.id);
    return { name: one.name, open: one.open };
  });

const lock = sql.raw("hashtextextended('review reminders', 0)");

type Waiting = {
  campaignId: string;
  slug: string;
  firstDay: Day;
  lastDay: Day;
  companyZone: string;
  openedAt: string;
  dueAt: string;
  reviewerId: string;
  name: string;
  zone: string;
  managerId: string | null;
  managerName: string | null;
  /** Whether they may still decide: else compliance is told, and they are not. */
  able: boolean;
  open: number;
  lastReminded: Day | null;
};

/** Whoever has something left to decide in an open review. */
async function readWaiting(db: Reader, only: RemindInput | null): Promise<Waiting[]> {
  const one = only
    ? sql`and c.id = ${only.campaignId}::uuid and i.reviewer_id = ${only.reviewerId}::uuid`
    : sql``;
  const { rows } = await db.execute<Waiting>(sql`
    select c.id as "campaignId", c.slug, c.first_day::text as "firstDay", c.last_day::text as "lastDay", c.zone as "companyZone",
      c.opened_at::text as "openedAt", c.due_at::text as "dueAt", s.id as "reviewerId", s.name, s.zone, m.id as "managerId",
      m.name as "managerName", holds_role(s.id, 'manager') or holds_role(s.id, 'compliance') as able, w.open, (select max(r.day)::text from review_reminders r
        where r.campaign_id = c.id and r.reviewer_id = s.id) as "lastReminded"
    from (select i.campaign_id, i.reviewer_id, count(*)::integer as open from review_items i join campaigns c on c.id = i.campaign_id
        where c.status = 'open' and i.decision is null and i.ended_at is null and i.reviewer_id is not null and grant_held(i.grant_id) ${one}
          and not exists (select 1 from review_exceptions x where x.item_id = i.id)
        group by i.campaign_id, i.reviewer_id) w
      join campaigns c on c.id = w.campaign_id join staff s on s.id = w.reviewer_id left join staff m on m.id = s.manager_id
    order by c.id, s.id`);
  return rows;
}

const factsOf = (one: Waiting) => ({
  dueDay: lastDayBefore(new Date(one.dueAt), one.companyZone),
  openedAt: new Date(one.openedAt),
  zone: one.zone,
  lastDay: one.lastReminded,
});

async function record(
  tx: Transaction,
  ctx: Ctx,
  one: Waiting,
  { kind, day }: { kind: ReminderKind; day: Day },
  sentBy: string | null,
): Promise<void> {
  const { campaignId, reviewerId, open } = one;
  const { dueDay } = factsOf(one);
  const title = periodTitle(one.firstDay, one.lastDay);
  const items = `${open} ${open === 1 ? "item" : "items"} in the review of ${title}, due ${dayWords(dueDay)}`;
  const entryId = await recordAudit(tx, ctx, {
    event: "review.reminded",
    body: {
      what: one.able
        ? `Reminded ${one.name} of ${items}`
        : `Told compliance that ${one.name}, who may not decide any more, has ${items}: hand on`,
      to: one.able ? "reviewer" : "compliance",
      campaign_id: campaignId,
      campaign: one.slug,
      kind,
      open,
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
    .values({ campaignId, reviewerId, day, kind, open, sentBy, entryId });
}
