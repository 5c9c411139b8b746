import { sql } from "drizzle-orm";
import { z } from "zod";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";

const row = z.object({
  id: z.guid(),
  at: z.coerce.date(),
  event: z.string(),
  by: z.string(),
  items: z.number(),
});

/** What was done about a finding, the oldest first: its entries, 100 at most. They name it in their payload. */
export async function readHistoryOf(
  { db }: Ctx<StaffActor>,
  finding: { id: string; raisedAt: Date },
) {
  const { rows } = await db.execute(sql`
    select e.id, e.occurred_at as at, e.event, y.body ->> 'by' as by,
      coalesce(jsonb_array_length(y.body -> 'items'), 0) as items
    from unnest(array['finding.raised', 'finding.grown', 'finding.asked', 'finding.answered', 'finding.disposed']) of_event
      cross join lateral (select id, occurred_at, event from audit_entry where event = of_event
        and occurred_at >= ${finding.raisedAt.toISOString()}::timestamptz - interval '1 minute') e
      join lateral (select p.body::jsonb as body from audit_payload p where p.entry_id = e.id) y on true
    where y.body ->> 'finding' = ${finding.id} order by e.occurred_at, e.id limit 100`);
  return z.array(row).parse(rows);
}
