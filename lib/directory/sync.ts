import { and, eq, isNull, sql } from "drizzle-orm";
import type { Reader, Transaction } from "#db/client.ts";
import { directorySyncs } from "#db/schema/directory.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import type { Part } from "./parts.ts";
import type { Sync } from "./schemas.ts";

/**
 * Begins a full sync. A product has one at a time: one that was not finished is abandoned, so that a sender that died
 * stands in nobody's way, and two that run at once cannot finish each other's.
 */
export const beginSync = (ctx: Ctx<ProductActor>): Promise<Result<Sync>> =>
  transact(ctx, { event: "directory.refused" }, async (tx) => {
    const { id: productId, name } = ctx.actor;
    await oneAtATime(tx, productId);
    const before = await openSync(tx, productId);
    if (before)
      await abandon(tx, ctx, before, `${name} began a sync anew before the last was finished`);
    const id = newId();
    const begunEntryId = await recordAudit(tx, ctx, {
      event: "directory.sync_begun",
      body: { what: `${name} began to bring its whole directory`, sync: id },
    });
    await tx.insert(directorySyncs).values({ id, productId, begunEntryId });
    return shown(await requireSync(tx, productId, id));
  });

/** Writes a sync off; what it brought stays, and nobody is gone by it. */
export async function abandon(tx: Transaction, ctx: Ctx, id: string, what: string): Promise<void> {
  const closedEntryId = await recordAudit(tx, ctx, {
    event: "directory.sync_abandoned",
    body: { what, sync: id },
  });
  await tx
    .update(directorySyncs)
    .set({ status: "abandoned", closedEntryId, closedAt: sql`clock_timestamp()` })
    .where(eq(directorySyncs.id, id));
}

export async function openSync(tx: Reader, productId: string): Promise<string | null> {
  const [open] = await tx
    .select({ id: directorySyncs.id })
    .from(directorySyncs)
    .where(and(eq(directorySyncs.productId, productId), isNull(directorySyncs.closedAt)));
  return open?.id ?? null;
}

export async function findSync(tx: Reader, productId: string, id: string) {
  const [sync] = await tx
    .select()
    .from(directorySyncs)
    .where(and(eq(directorySyncs.productId, productId), eq(directorySyncs.id, id)));
  return sync ?? refuse("not_found", "You have no such sync.");
}

/** A sync that takes more. Refuses with `not_found`, or `conflict` when it does not or a line would be left out. */
export async function requireSync(tx: Reader, productId: string, id: string, fromLine = 1) {
  const sync = await findSync(tx, productId, id);
  if (sync.status === "abandoned")
    refuse(
      "conflict",
      "This sync was abandoned: another one was begun, or nothing came for a day.",
    );
  if (sync.status !== "open")
    refuse("conflict", "This sync is finished. Push without it, or begin another.");
  if (fromLine > sync.lastLine + 1)
    refuse("conflict", `Lines are missing: go on from line ${sync.lastLine + 1}.`, {
      detail: { last_line: sync.lastLine },
    });
  return sync;
}

type Row = Awaited<ReturnType<typeof findSync>>;

export const countPart = (tx: Transaction, id: string, part: Part) =>
  tx
    .update(directorySyncs)
    .set({
      lastLine: part.lastLine,
      lines: sql`${directorySyncs.lines} + ${part.lines}`,
      rejected: sql`${directorySyncs.rejected} + ${part.rejected}`,
    })
    .where(eq(directorySyncs.id, id));

/** How a sync stands; its product alone asks. Refuses with `not_found`. */
export const readSync = (ctx: Ctx<ProductActor>, id: string): Promise<Result<Sync>> =>
  transact(ctx, { event: "directory.refused" }, async (tx) =>
    shown(await findSync(tx, ctx.actor.id, id)),
  );

export const shown = (row: Row): Sync => ({
  id: row.id,
  status: row.status,
  begun_at: row.begunAt.toISOString(),
  last_push_at: row.lastPushAt.toISOString(),
  last_line: row.lastLine,
  lines: row.lines,
  rejected: row.rejected,
  gone: { accounts: row.accountsGone, users: row.usersGone, tickets: row.ticketsGone },
});
