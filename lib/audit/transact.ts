import { sql } from "drizzle-orm";
import { type Transaction, transaction } from "#db/client.ts";
import { countedRefusals } from "#db/schema/impersonation.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { refusalOf } from "#lib/kernel/database-refusals.ts";
import { newId } from "#lib/kernel/ids.ts";
import { ok, type Refusal, type Result } from "#lib/kernel/result.ts";
import { type Entry, recordAudit } from "./record.ts";

/** The entry that is written if the verb is refused; the refusal's code and sentence are added to it. */
export type IfRefused = Omit<Entry, "body"> & { body?: Omit<Entry["body"], "what"> };

/**
 * Runs a verb's change in one transaction. A refusal (thrown by `refuse`, or by a guarantee of the schema) rolls it
 * back and is then an entry of its own; a bug throws on.
 */
export async function transact<T>(
  ctx: Ctx,
  ifRefused: IfRefused,
  run: (tx: Transaction) => Promise<T>,
): Promise<Result<T>> {
  try {
    return ok(await transaction(ctx.db, run));
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    await recordRefusal(ctx, ifRefused, refusal);
    return { ok: false, error: refusal };
  }
}

/** Makes a refusal an entry; of callers without a name, one counted entry per source and minute. */
export async function recordRefusal(
  ctx: Ctx,
  ifRefused: IfRefused,
  refusal: Refusal,
): Promise<void> {
  if (ctx.actor.kind === "anonymous") {
    await ctx.db
      .insert(countedRefusals)
      .values({
        id: newId(),
        event: ifRefused.event,
        source: ctx.ip ?? "unknown",
        code: refusal.code,
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
    return;
  }
  await transaction(ctx.db, (tx) =>
    recordAudit(tx, ctx, {
      ...ifRefused,
      body: { ...ifRefused.body, what: refusal.message, refused: refusal.code },
    }),
  );
}
