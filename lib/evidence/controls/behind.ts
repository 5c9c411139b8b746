import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import type { Line } from "./queries.ts";

const entries = z.array(
  z.object({
    id: z.uuid(),
    at: z.coerce.date(),
    event: z.string(),
    body: z.record(z.string(), z.unknown()),
  }),
);
export type BehindEntry = z.infer<typeof entries>[number];

/**
 * The entries behind one line: of a session all of its steps but what was only looked at, else the one that brought it
 * about. At most 200.
 */
export async function readBehind(
  db: Database,
  line: Pick<Line, "kind" | "about" | "entryId">,
): Promise<BehindEntry[]> {
  const of =
    line.kind === "session"
      ? sql`e.session_id = ${line.about}::uuid and e.event <> 'action.viewed'
          or e.request_id = (select request_id from sessions where id = ${line.about}::uuid)`
      : sql`e.id = ${line.entryId}::uuid`;
  const { rows } = await db.execute(sql`
    select e.id, to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, e.event, p.body::jsonb as body
      from audit_entry e join audit_payload p on p.entry_id = e.id where ${of} order by e.occurred_at, e.id limit 200`);
  return entries.parse(rows);
}
