import { sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import type { Day } from "#lib/kernel/days.ts";

/** Today where the company is, as a review says, and the day so many days later. */
export async function todayOf(
  db: Reader,
  campaignId: string,
  days = 0,
): Promise<{ today: Day; last: Day }> {
  const { rows } = await db.execute<{ today: Day; last: Day }>(
    sql`select d::text as today, (d + ${days}::integer)::text as last from review_today(${campaignId}::uuid) d`,
  );
  if (!rows[0]) throw new Error("A review without a day");
  return rows[0];
}
