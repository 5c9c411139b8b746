import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Reader } from "#db/client.ts";
import type { OnRecord } from "#db/schema/reviews.ts";

const count = z.coerce.number();
const found = z.object({
  grants: count,
  endedBefore: count,
  givenAfter: count,
  people: count,
  withoutRight: count,
});

/**
 * Every grant and everybody on record at an opening: what is not in the population had ended before the period, or was
 * given after it. That the three add up is the schema's to check.
 */
export async function countOnRecord(db: Reader, campaignId: string): Promise<OnRecord> {
  const { rows } = await db.execute(sql`
    select count(*) as grants, count(*) filter (where g.revoked_at <= c.starts_at) as "endedBefore",
      count(*) filter (where g.granted_at >= c.through_at) as "givenAfter", (select count(*) from staff) as people,
      (select count(*) from staff s where not exists (
        select from review_items i where i.campaign_id = ${campaignId}::uuid and i.staff_id = s.id)) as "withoutRight"
    from campaigns c cross join staff_roles g where c.id = ${campaignId}::uuid`);
  return found.parse(rows[0]);
}
