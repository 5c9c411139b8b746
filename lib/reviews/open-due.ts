import { sql } from "drizzle-orm";
import { type Reader, transaction } from "#db/client.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { openingLock, openReview } from "./opening.ts";
import type { PeriodInput } from "./schemas.ts";

/**
 * Opens the review of a quarter that is over, the oldest first and one a round, once, whichever worker comes first. None
 * where the policy says so, where one that covers the quarter to its end was opened by hand, or where nobody held a right
 * in it. It waits until what belongs to the quarter was looked at.
 */
export async function openDue(ctx: Ctx): Promise<void> {
  const policy = await currentPolicy(ctx.db);
  if (!policy.reviews.opensByItself || !(await dueQuarter(ctx.db, policy.zone))) return;
  await transaction(ctx.db, async (tx) => {
    const { rows } = await tx.execute<{ mine: boolean }>(
      sql`select pg_try_advisory_xact_lock(${sql.raw(openingLock)}) as mine`,
    );
    if (!rows[0]?.mine) return;
    // Another worker may have opened it between the look and the lock.
    const quarter = await dueQuarter(tx, policy.zone);
    if (quarter && !(await isUnread(tx, quarter, policy.zone)))
      await openReview(tx, ctx, quarter, null);
  });
}

/**
 * Whether detectors have still to look at entries of the quarter, or are in the middle of a look: what they find belongs
 * into its samples. Detectors that have not got anywhere for a day keep no review from opening.
 */
async function isUnread(db: Reader, { lastDay }: PeriodInput, zone: string): Promise<boolean> {
  const { rows } = await db.execute<{ unread: boolean }>(sql`
    select exists (select from entry_readers r
      where r.name = 'findings' and r.looked_at > clock_timestamp() - interval '1 day' and (r.aim is not null or exists (
        select from audit_entry e where e.occurred_at >= r.since and e.occurred_at < day_begins(${lastDay}::date + 1, ${zone})
          and e.xact::bigint >= r.seen))) as unread`);
  return rows[0]?.unread === true;
}

/**
 * The oldest quarter that is over and has no review: from the newest that opened by itself, eight at most, so that no time
 * without a worker leaves one out. Where none ever did, the last one: what was before reviews is opened by hand.
 */
async function dueQuarter(db: Reader, zone: string): Promise<PeriodInput | null> {
  const { rows } = await db.execute<{ firstDay: string; lastDay: string }>(sql`
    with now_ as (select date_trunc('quarter', clock_timestamp() at time zone ${zone}) as begins),
    since as (select coalesce((select max(first_day) + interval '3 months' from campaigns where opened_by is null),
      (select begins - interval '3 months' from now_)) as begins),
    quarter as (select q::date as first_day, (q + interval '3 months' - interval '1 day')::date as last_day
      from now_, since, generate_series(greatest(since.begins, now_.begins - interval '24 months'), now_.begins - interval '3 months', interval '3 months') q),
    span as (select first_day, last_day, day_begins(first_day, ${zone}) as starts, day_begins(last_day + 1, ${zone}) as ends from quarter)
    select first_day::text as "firstDay", last_day::text as "lastDay" from span
    where exists (select 1 from staff_roles where granted_at < span.ends and (revoked_at is null or revoked_at > span.starts))
      and not exists (select 1 from campaigns where starts_at <= span.starts and through_at >= span.ends)
      and not exists (select 1 from campaigns where opened_by is null and first_day = span.first_day and last_day = span.last_day)
    order by first_day limit 1`);
  return rows[0] ?? null;
}
