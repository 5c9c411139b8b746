import { sql } from "drizzle-orm";
import type { PgBoss } from "pg-boss";
import { type Database, transaction } from "#db/client.ts";
import { enqueue, type OutName } from "./queue.ts";

/** Copies at which one sweep looks, of those that wait and of those that are out. */
const atOnce = 500;

/**
 * Gives a job to copies that are due for minutes and have none, as after a backup that was put back: those that were never
 * sent, and those that are out and do not say what became of it. A copy is left alone for ten minutes then. Any number of
 * workers may sweep. Gives how many it found.
 */
export const sweep = (db: Database, boss: PgBoss): Promise<number> =>
  transaction(db, async (tx) => {
    const lost = (
      which: string,
    ) => sql`(select d.id from notice_deliveries d where ${sql.raw(which)}
      and d.next_at < clock_timestamp() - interval '3 minutes'
      and not exists (select from pgboss.job j where j.name = 'notice-' || d.channel
        and j.state in ('created', 'retry', 'active') and j.data ->> 'id' = d.id::text)
      order by d.next_at limit ${atOnce} for update skip locked)`;
    const { rows } = await tx.execute<{ id: string; channel: OutName }>(sql`
      with waiting as ${lost("d.status = 'waiting'")}, stale as ${lost("d.status = 'sent' and d.shown < d.wanted")}
      update notice_deliveries set next_at = clock_timestamp() + interval '10 minutes'
        where id in (select id from waiting union all select id from stale) returning id, channel`);
    for (const name of new Set(rows.map(({ channel }) => channel)))
      await enqueue(
        tx,
        boss,
        name,
        rows.filter(({ channel }) => channel === name),
      );
    return rows.length;
  });
