import { asc, eq, lt, sql } from "drizzle-orm";
import { transaction } from "#db/client.ts";
import { countedRefusals } from "#db/schema/impersonation.ts";
import { staff } from "#db/schema/staff.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type AuditEvent, events } from "#lib/vocabulary.ts";
import { recordAudit } from "./record.ts";

const known = new Set<string>(events);
const isEvent = (name: string): name is AuditEvent => known.has(name);

/** Makes one entry of each source's and actor's refusals in a minute that is over; the worker's part. Gives how many. */
export async function flushCounted(ctx: Ctx, limit = 200): Promise<number> {
  return transaction(ctx.db, async (tx) => {
    const due = await tx
      .select()
      .from(countedRefusals)
      .where(lt(countedRefusals.minute, sql`date_trunc('minute', clock_timestamp())`))
      .orderBy(asc(countedRefusals.minute))
      .limit(limit)
      .for("update", { skipLocked: true });
    for (const row of due) {
      if (!isEvent(row.event)) throw new Error(`Not an event: ${row.event}`);
      const times = row.count === 1 ? "once" : `${row.count} times`;
      const person = row.actorId
        ? await tx.select({ name: staff.name }).from(staff).where(eq(staff.id, row.actorId))
        : [];
      await recordAudit(
        tx,
        {
          ...ctx,
          actor: row.actorId ? { kind: "system", part: "policy" } : { kind: "anonymous" },
          ip: row.source,
        },
        {
          event: row.event,
          actorId: row.actorId,
          body: {
            ...(person[0] ? { actor: person[0].name } : {}),
            what: `Refused ${times} within a minute, from ${row.source}`,
            refused: row.code,
            count: row.count,
            minute: row.minute.toISOString(),
          },
        },
      );
      await tx.delete(countedRefusals).where(eq(countedRefusals.id, row.id));
    }
    return due.length;
  });
}
