import { type Transaction, transaction } from "#db/client.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { refusalOf } from "#lib/kernel/database-refusals.ts";
import { ok, type Refusal, type Result } from "#lib/kernel/result.ts";
import { sourceOf } from "#lib/kernel/source.ts";
import { countRefusal } from "./count-refusal.ts";
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
    const { event } = ifRefused;
    await countRefusal(ctx.db, { event, source: sourceOf(ctx.ip), code: refusal.code });
    return;
  }
  await transaction(ctx.db, (tx) =>
    recordAudit(tx, ctx, {
      ...ifRefused,
      body: { ...ifRefused.body, what: refusal.message, refused: refusal.code },
    }),
  );
}
