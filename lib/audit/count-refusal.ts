import { sql } from "drizzle-orm";
import type { Database, Reader } from "#db/client.ts";
import { countedRefusals } from "#db/schema/impersonation.ts";
import { together } from "#db/together.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { AuditEvent } from "#lib/vocabulary.ts";

type Refused = { event: AuditEvent; source: string; code: string; actorId?: string | null };
type Counted = Refused & { id: string; count: number };

/**
 * Counts a refusal that is not an entry of its own: one entry per event, source, code and person of a minute, written by
 * the worker (`flush-counted.ts`).
 */
export async function countRefusal(db: Database, refused: Refused): Promise<void> {
  await countOne(db, { ...refused, id: newId(), count: 1 });
}

/** Those of a moment at once: in a flood all wait for the same row. */
const countOne = together<Counted, true>(({ id }) => id, countAll);

async function countAll(db: Reader, refused: Counted[]): Promise<Map<string, true>> {
  const sums = new Map<string, Counted>();
  for (const one of refused) {
    const name = JSON.stringify([one.event, one.source, one.code, one.actorId ?? null]);
    const sum = sums.get(name);
    if (sum) sum.count += 1;
    else sums.set(name, { ...one });
  }
  await db
    .insert(countedRefusals)
    .values(
      // In one order everywhere, so that nobody waits for somebody who waits for them.
      [...sums]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, sum]) => ({ ...sum, minute: sql`date_trunc('minute', statement_timestamp())` })),
    )
    .onConflictDoUpdate({
      target: [
        countedRefusals.minute,
        countedRefusals.event,
        countedRefusals.source,
        countedRefusals.code,
        countedRefusals.actorId,
      ],
      set: { count: sql`${countedRefusals.count} + excluded.count` },
    });
  return new Map(refused.map(({ id }) => [id, true]));
}
