import { and, count, eq, gt, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { reviewDecisions } from "#db/schema/reviews.ts";
import { isRecorded } from "#lib/audit/is-recorded.ts";
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
  if (
    decisions < reviews.rushedDecisions ||
    (await isRecorded(tx, ctx.actor.id, "review.rushed", withinAMinute))
  )
    return;
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
