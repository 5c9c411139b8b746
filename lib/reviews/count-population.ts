import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Reader } from "#db/client.ts";
import type { PopulationCounts } from "#db/schema/reviews.ts";

const count = z.coerce.number();
const found = z.object({
  grants: count,
  people: count,
  deactivated: count,
  service: count,
  dormant: count,
  ended: count,
  byRole: z.record(z.string(), count),
  sha256: z.string(),
});

const utc = (column: string) =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** One line of the hash: number, grant, person, mail, role, when given, by whom, when taken. */
export const hashedLine = `concat_ws(' ', i.number, i.grant_id, i.staff_id, i.email, i.role, ${utc("i.granted_at")},
  coalesce(i.granted_by::text, '-'), coalesce(${utc("i.ended_at")}, '-'))`;

/** What an open review's items add up to, and the SHA-256 of their lines in order, each ended by a line feed. */
export async function countPopulation(
  db: Reader,
  campaignId: string,
): Promise<{ counts: PopulationCounts; sha256: string }> {
  const { rows } = await db.execute(sql`
    select count(*) as grants, count(distinct i.staff_id) as people,
      count(distinct i.staff_id) filter (where i.status = 'deactivated') as deactivated,
      count(distinct i.staff_id) filter (where i.kind = 'service') as service,
      count(*) filter (where i.last_used_at is null or i.last_used_at < c.starts_at) as dormant,
      count(*) filter (where i.ended_at is not null) as ended,
      (select coalesce(jsonb_object_agg(role, n), '{}') from (
        select role, count(*) as n from review_items where campaign_id = ${campaignId}::uuid group by role) by_role) as "byRole",
      encode(sha256(convert_to(coalesce(string_agg(${sql.raw(hashedLine)} || chr(10), '' order by i.number), ''), 'UTF8')), 'hex') as sha256
    from review_items i join campaigns c on c.id = i.campaign_id where i.campaign_id = ${campaignId}::uuid`);
  const { sha256, ...counts } = found.parse(rows[0]);
  return { counts, sha256 };
}
