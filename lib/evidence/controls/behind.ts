import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Reader } from "#db/client.ts";
import type { Period } from "./period.ts";
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

const most = 200;

export type Behind = {
  entries: BehindEntry[];
  /** Whether there are more than these. */
  more: boolean;
};

/**
 * The entries behind one line, up to the end of the period: of a session all of its steps but what was only looked at, else
 * the one that brought it about. At most 200.
 */
export async function readBehind(
  db: Reader,
  line: Pick<Line, "kind" | "about" | "entryId">,
  { ends }: Pick<Period, "ends">,
): Promise<Behind> {
  const of =
    line.kind === "session"
      ? sql`(e.session_id = ${line.about}::uuid and e.event <> 'action.viewed'
          or e.request_id = (select request_id from sessions where id = ${line.about}::uuid))`
      : sql`e.id = ${line.entryId}::uuid`;
  const { rows } = await db.execute(sql`
    select e.id, to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, e.event, p.body::jsonb as body
      from audit_entry e join audit_payload p on p.entry_id = e.id where ${of} and e.occurred_at < ${ends}::timestamptz
      order by e.occurred_at, e.id limit ${most + 1}`);
  const found = entries.parse(rows);
  return { entries: found.slice(0, most), more: found.length > most };
}
