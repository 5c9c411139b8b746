import type pg from "pg";
import type { Transaction } from "#db/client.ts";
import type { Period } from "#db/seed/history/calendar.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { type Opened, openReview } from "#lib/reviews/opening.ts";
import { asOf } from "./as-of.ts";
import type { PastClock } from "./past-clock.ts";

/** Opens a review as it would have been opened at a moment: its times, and who was there then. */
export const openPast = (
  client: pg.Client,
  tx: Transaction,
  clock: PastClock,
  {
    by,
    period,
    moment,
    openedBy,
  }: { by: Ctx; period: Period; moment: Date; openedBy: string | null },
): Promise<Opened> =>
  asOf(client, moment, async () => {
    const { dueDays } = (await currentPolicy(tx)).reviews;
    // The schema lets the owner bring what is past as it was: here is how it was.
    await client.query(
      `create function opened_then() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
       begin
         new.opened_at := '${moment.toISOString()}';
         new.starts_at := day_begins(new.first_day, new.zone);
         new.ends_at := day_begins(new.last_day + 1, new.zone);
         new.through_at := least(new.ends_at, new.opened_at);
         new.due_at := day_begins((new.opened_at at time zone new.zone)::date + ${dueDays + 1}, new.zone);
         return new;
       end $$`,
    );
    await client.query(
      "create trigger opened_then before insert on campaigns for each row execute function opened_then()",
    );
    const opened = await clock.at(moment, () => openReview(tx, by, period, openedBy));
    await client.query("drop function opened_then() cascade");
    return opened;
  });
