import { and, count, eq, gt, sql } from "drizzle-orm";
import type { Reader, Transaction } from "#db/client.ts";
import { auditEntry } from "#db/schema/audit.ts";
import { reviewDecisions } from "#db/schema/reviews.ts";
import { recordAudit } from "#lib/audit/record.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { currentPolicy } from "#lib/policy/policy.ts";

const withinAMinute = sql`clock_timestamp() - interval '1 minute'`;

/** Puts on record that somebody decides faster than one can read, once in a minute. Nothing is refused for it. */
export async function warnOfRush(tx: Transaction, ctx: Ctx<StaffActor>): Promise<void> {
  const { reviews, version } = await currentPolicy(tx);
  const [done] = await tx
    .select({ decisions: count() })
    .from(reviewDecisions)
    .where(
      and(
        eq(reviewDecisions.decidedBy, ctx.actor.id),
        gt(reviewDecisions.decidedAt, withinAMinute),
      ),
    );
  const decisions = done?.decisions ?? 0;
  if (decisions < reviews.rushedDecisions || (await isWarned(tx, ctx.actor.id))) return;
  await recordAudit(tx, ctx, {
    event: "review.rushed",
    body: {
      what: `${ctx.actor.name} decided ${decisions} items within a minute`,
      decisions,
      limit: reviews.rushedDecisions,
      policy: version,
    },
  });
}

async function isWarned(tx: Transaction, actorId: string): Promise<boolean> {
  const [row] = await tx
    .select({ id: auditEntry.id })
    .from(auditEntry)
    .where(
      and(
        eq(auditEntry.actorId, actorId),
        eq(auditEntry.event, "review.rushed"),
        gt(auditEntry.occurredAt, withinAMinute),
      ),
    )
    .limit(1);
  return row !== undefined;
}

export type Pace = {
  reviewerId: string;
  /** The most decisions of theirs within one minute. */
  most: number;
  at: Date;
};

/** The fastest minute of each reviewer of a campaign who decided at least `atLeast` items in it, fastest first. */
export async function readPaces(db: Reader, campaignId: string, atLeast = 2): Promise<Pace[]> {
  const found = await db.execute<{ reviewer_id: string; most: number; at: string }>(sql`
    select distinct on (decided_by) decided_by as reviewer_id, within as most, decided_at as at from (
      select d.decided_by, d.decided_at, (count(*) over (partition by d.decided_by order by d.decided_at
        range between interval '1 minute' preceding and current row))::integer as within
      from review_decisions d join review_items i on i.id = d.item_id
      where i.campaign_id = ${campaignId} and d.decided_by is not null) paced
    where within >= ${atLeast} order by decided_by, within desc, decided_at`);
  return found.rows
    .map((row) => ({ reviewerId: row.reviewer_id, most: row.most, at: new Date(row.at) }))
    .sort((a, b) => b.most - a.most);
}
