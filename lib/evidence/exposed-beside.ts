import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Reader } from "#db/client.ts";
import type { ExposureOf } from "./exports/schemas.ts";
import { day } from "./exposure.ts";

const beside = z.object({ opened: z.number(), times: z.number(), taken: z.number() });
export type Beside = z.infer<typeof beside>;

/**
 * What an actor reached outside of sessions, in the panel itself: people whose record they opened, how often, and files that
 * they took out: exports, also those that broke off after something of them was given, and populations with the names of
 * customers. Of a product there is nothing of the kind.
 */
export async function exposedBeside(
  db: Reader,
  { of, id, from, to }: ExposureOf,
): Promise<Beside | null> {
  if (of !== "actor") return null;
  const within = sql`e.actor_id = ${id}::uuid and e.occurred_at >= ${day(from, 0)} and e.occurred_at < ${day(to, 1)}`;
  const { rows } = await db.execute(sql`
    select o.opened, o.times, x.exported + p.populations as taken from
      (select count(distinct e.subject_id)::int as opened, count(*)::int as times
        from audit_entry e where ${within} and e.event = 'subject.opened') o,
      (select count(*)::int as exported from exports
        where started_by = ${id}::uuid and bytes > 0 and started_at < ${day(to, 1)} and coalesce(ended_at, seen_at) >= ${day(from, 0)}) x,
      (select count(*)::int as populations from audit_entry e join audit_payload b on b.entry_id = e.id
        where ${within} and e.event = 'population.read' and b.body::jsonb ->> 'file' = 'csv' and b.body::jsonb ->> 'sha256' is null) p`);
  return beside.parse(rows[0]);
}
