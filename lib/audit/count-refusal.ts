import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { countedRefusals } from "#db/schema/impersonation.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { AuditEvent } from "#lib/vocabulary.ts";

/**
 * Counts a refusal that is not an entry of its own: one entry per event, source, code and person of a minute, written by
 * the worker (`flush-counted.ts`).
 */
export async function countRefusal(
  db: Database,
  refused: { event: AuditEvent; source: string; code: string; actorId?: string | null },
): Promise<void> {
  await db
    .insert(countedRefusals)
    .values({
      ...refused,
      id: newId(),
      minute: sql`date_trunc('minute', clock_timestamp())`,
    })
    .onConflictDoUpdate({
      target: [
        countedRefusals.minute,
        countedRefusals.event,
        countedRefusals.source,
        countedRefusals.code,
        countedRefusals.actorId,
      ],
      set: { count: sql`${countedRefusals.count} + 1` },
    });
}
