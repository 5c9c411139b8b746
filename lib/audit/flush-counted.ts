import { and, asc, eq, lt, sql } from "drizzle-orm";
import { type Transaction, transaction } from "#db/client.ts";
import { countedRefusals } from "#db/schema/impersonation.ts";
import { staff } from "#db/schema/staff.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type AuditEvent, events } from "#lib/vocabulary.ts";
import { recordAudit } from "./record.ts";

const known = new Set<string>(events);
const isEvent = (name: string): name is AuditEvent => known.has(name);

type Counted = typeof countedRefusals.$inferSelect;
type Batch = { written: number; failures: unknown[]; last: Counted | undefined; isFull: boolean };

/**
 * Makes one entry of each source's and actor's refusals in a minute that is over; the worker's part. One that cannot be
 * written, such as what a newer version counted, stays where it is and keeps no other from the record. Gives how many
 * were written. @throws the first failure, after the rest.
 */
export async function flushCounted(ctx: Ctx, limit = 200): Promise<number> {
  const failures: unknown[] = [];
  let written = 0;
  for (let after: Counted | undefined; ; ) {
    const batch: Batch = await flushBatch(ctx, after, limit);
    failures.push(...batch.failures);
    written += batch.written;
    after = batch.last;
    // What is left is for the next round; but it comes past those that are in the way each time.
    if (!batch.isFull || batch.written > 0) break;
  }
  if (failures.length > 0) throw failures[0];
  return written;
}

const flushBatch = (ctx: Ctx, after: Counted | undefined, limit: number): Promise<Batch> =>
  transaction(ctx.db, async (tx) => {
    const { minute, id } = countedRefusals;
    const due = await tx
      .select()
      .from(countedRefusals)
      .where(
        and(
          lt(minute, sql`date_trunc('minute', clock_timestamp())`),
          after && sql`(${minute}, ${id}) > (${after.minute}, ${after.id})`,
        ),
      )
      .orderBy(asc(minute), asc(id))
      .limit(limit)
      .for("update", { skipLocked: true });
    const failures: unknown[] = [];
    // A savepoint each: what fails undoes itself alone.
    for (const row of due)
      await tx
        .transaction((inner) => flush(inner, ctx, row))
        .catch((error: unknown) => failures.push(error));
    const written = due.length - failures.length;
    return { written, failures, last: due.at(-1), isFull: due.length === limit };
  });

async function flush(tx: Transaction, ctx: Ctx, row: Counted): Promise<void> {
  if (!isEvent(row.event)) throw new Error("What was counted is no event that we know");
  // A source is an address, or a product by its name.
  const isAddress = /^[\da-f]*[.:][\da-f.:/]*$/i.test(row.source);
  const times = row.count === 1 ? "once" : `${row.count} times`;
  const person = row.actorId
    ? await tx.select({ name: staff.name }).from(staff).where(eq(staff.id, row.actorId))
    : [];
  await recordAudit(
    tx,
    {
      ...ctx,
      actor: row.actorId || !isAddress ? { kind: "system", part: "policy" } : { kind: "anonymous" },
      ip: isAddress ? row.source : null,
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
