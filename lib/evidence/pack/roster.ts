import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";

const difference = z.object({
  where: z.enum(["only here", "only in the roster", "another status"]),
  mail: z.string(),
  name: z.string(),
  status: z.string().nullable(),
  at: z.number(),
});
export type Difference = z.infer<typeof difference>;

const lists = [
  ["only here", "only_in_panel"],
  ["another status", "differ"],
  ["only in the roster", "only_in_roster"],
] as const;
const atOnce = 2000;

/**
 * Everybody who is in the population and not in the company's roster, or the other way round, or in both with another
 * status, by the last comparison; nobody where there was none. Read on as they are taken: a roster has thousands.
 */
export async function* allDifferences(
  db: Database,
  campaignId: string,
): AsyncGenerator<Difference> {
  for (const [where, column] of lists)
    for (let after = 0; ; after += atOnce) {
      const { rows } = await db.execute(sql`
        select ${where}::text as where, d.one ->> 'email' as mail, d.one ->> 'name' as name, d.one ->> 'status' as status, d.at::integer as at
        from (select ${sql.raw(column)} as list from roster_comparisons where campaign_id = ${campaignId}::uuid order by at desc, id desc limit 1) c
          cross join jsonb_array_elements(c.list) with ordinality as d (one, at)
        where d.at > ${after} and d.at <= ${after + atOnce} order by d.at`);
      const page = z.array(difference).parse(rows);
      yield* page;
      if (page.length < atOnce) break;
    }
}
