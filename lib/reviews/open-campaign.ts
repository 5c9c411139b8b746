import { sql } from "drizzle-orm";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { may } from "#lib/staff/rights.ts";
import { type Opened, openingLock, openReview } from "./opening.ts";
import { daysBetween } from "./reminder-rules.ts";
import { type PeriodInput, periodSchema } from "./schemas.ts";

/**
 * Compliance opens a review of any period that has begun. Of one that still runs, it holds who had a right up to now.
 * Refuses with `not_allowed` and `invalid`.
 */
export const openCampaign = (ctx: Ctx<StaffActor>, input: PeriodInput): Promise<Result<Opened>> =>
  transact(ctx, { event: "review.refused", body: { ...input } }, async (tx) => {
    if (!may(ctx.actor, "run_reviews")) refuse("not_allowed", "Only compliance opens a review.");
    const period = periodSchema.parse(input);
    if (daysBetween(period.firstDay, period.lastDay) >= 366)
      refuse("invalid", "One answer needs another look.", {
        fields: { lastDay: "A review is of a year at most." },
      });
    await tx.execute(sql`select pg_advisory_xact_lock(${sql.raw(openingLock)})`);
    return openReview(tx, ctx, period, ctx.actor.id);
  });
