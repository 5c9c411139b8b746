import { and, eq, gt, type SQL } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { auditEntry } from "#db/schema/audit.ts";
import type { AuditEvent } from "#lib/vocabulary.ts";

/** Whether this person did this already since then, about the same where it says about what. */
export async function isRecorded(
  db: Reader,
  actorId: string,
  event: AuditEvent,
  since: SQL,
  about?: SQL,
): Promise<boolean> {
  const [row] = await db
    .select({ id: auditEntry.id })
    .from(auditEntry)
    .where(
      and(
        eq(auditEntry.actorId, actorId),
        eq(auditEntry.event, event),
        gt(auditEntry.occurredAt, since),
        about,
      ),
    )
    .limit(1);
  return row !== undefined;
}
