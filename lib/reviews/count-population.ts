import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Reader } from "#db/client.ts";
import type { PopulationCounts } from "#db/schema/reviews.ts";

const count = z.int();
const found = z.object({
  counts: z.object({
    ...{ grants: count, people: count, deactivated: count, service: count, dormant: count },
    ...{ ended: count, byRole: z.record(z.string(), count) },
  }),
  sha256: z.string(),
});

const utc = (column: string) =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** One line of the hash: number, grant, person, mail, role, when given, by whom, when taken. */
const hashedLine = `concat_ws(' ', i.number, i.grant_id, i.staff_id, i.email, i.role, ${utc("i.granted_at")},
  coalesce(i.granted_by::text, '-'), coalesce(${utc("i.ended_at")}, '-'))`;

/** What a review's items add up to, and the SHA-256 of their lines in order, each ended by a line feed. */
export async function countPopulation(
  db: Reader,
  campaignId: string,
): Promise<{ counts: PopulationCounts; sha256: string }> {
  const { rows } = await db.execute(sql`
    select review_counts(${campaignId}::uuid) as counts,
      (select encode(sha256(convert_to(coalesce(string_agg(${sql.raw(hashedLine)} || chr(10), '' order by i.number), ''), 'UTF8')), 'hex')
        from review_items i where i.campaign_id = ${campaignId}::uuid) as sha256`);
  return found.parse(rows[0]);
}
