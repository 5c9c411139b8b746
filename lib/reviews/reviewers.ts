import { sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";

export type PossibleReviewer = { id: string; name: string; team: string };

/** Who else may decide an item, by name: managers and compliance without a conflict; 200 at most. */
export async function readPossibleReviewers(
  db: Reader,
  itemId: string,
): Promise<PossibleReviewer[]> {
  const found = await db.execute<PossibleReviewer>(sql`
    select s.id, s.name, s.team from staff s
    where s.id in (select staff_id from roles_held where role in ('manager', 'compliance'))
      and exists (select 1 from review_items i where i.id = ${itemId}
        and i.reviewer_id is distinct from s.id and review_conflict(s.id, i) is null)
    order by s.name, s.id limit 200`);
  return found.rows;
}
