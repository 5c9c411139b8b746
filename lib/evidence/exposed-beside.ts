import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Reader } from "#db/client.ts";
import type { ExposureOf } from "./exports/schemas.ts";
import { day } from "./exposure.ts";

const beside = z.object({ opened: z.number(), times: z.number(), taken: z.number() });
export type Beside = z.infer<typeof beside>;

/**
 * What an actor reached outside of sessions, in the panel itself: people whose record they opened, how often, and files that
 * they took out. Of a product there is nothing of the kind.
 */
export async function exposedBeside(
  db: Reader,
  { of, id, from, to }: ExposureOf,
): Promise<Beside | null> {
  if (of !== "actor") return null;
  const { rows } = await db.execute(sql`
    select count(distinct e.subject_id) filter (where e.event = 'subject.opened')::int as opened,
      count(*) filter (where e.event = 'subject.opened')::int as times, count(*) filter (where e.event <> 'subject.opened')::int as taken
    from audit_entry e where e.actor_id = ${id}::uuid and e.occurred_at >= ${day(from, 0)} and e.occurred_at < ${day(to, 1)}
      and e.event in ('subject.opened', 'export.finished', 'report.made')`);
  return beside.parse(rows[0]);
}
