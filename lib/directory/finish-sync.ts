import { eq, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { directorySyncs } from "#db/schema/directory.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { closeAccounts, closeTickets, deactivateUsers, type Step } from "./gone.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import type { FinishInput, Sync } from "./schemas.ts";
import { findSync, shown } from "./sync.ts";

/**
 * Finishes a full sync: whom no push named since it began is gone. Users are deactivated, accounts are closed to
 * standing in, tickets are closed; nothing is deleted, and who is named again later is back. Idempotent, and when it
 * was cut off, asked again it goes on: each piece is a short transaction with its entries.
 *
 * Refuses with `not_found`; `conflict` when the sync was abandoned; `has_errors` when more lines were not taken than
 * `rejected` says, for whoever stood in one may be missing; `would_empty` when more than a fifth of the accounts or
 * users would be gone, and more than `gone`.
 */
export async function finishSync(
  ctx: Ctx<ProductActor>,
  input: FinishInput,
): Promise<Result<Sync>> {
  const begun = await startFinishing(ctx, input);
  if (!begun.ok || begun.value.status === "finished") return begun;
  for (const mark of [deactivateUsers, closeAccounts, closeTickets])
    for (let after: string | null = ""; after !== null; ) {
      const step: Result<Step> = await onePiece(ctx, input.syncId, mark, after);
      if (!step.ok) return step;
      after = step.value.after;
    }
  return close(ctx, input.syncId);
}

const startFinishing = (
  ctx: Ctx<ProductActor>,
  { syncId, rejected, gone }: FinishInput,
): Promise<Result<Sync>> =>
  transact(ctx, { event: "directory.refused", body: { sync: syncId } }, async (tx) => {
    await oneAtATime(tx, ctx.actor.id);
    const sync = await findSync(tx, ctx.actor.id, syncId);
    if (sync.status === "abandoned") refuse("conflict", "This sync was abandoned: begin another.");
    if (sync.status !== "open") return shown(sync);
    if (sync.rejected > rejected)
      refuse(
        "has_errors",
        `${sync.rejected} lines were not taken. Send the whole again in a new sync, or finish with "rejected": ${sync.rejected} if you know them.`,
        { detail: { rejected: sync.rejected } },
      );
    await refuseToEmpty(tx, syncId, gone);
    await tx
      .update(directorySyncs)
      .set({ status: "finishing", rejectedAccepted: rejected, goneAccepted: gone })
      .where(eq(directorySyncs.id, syncId));
    return shown(await findSync(tx, ctx.actor.id, syncId));
  });

/** The schema keeps the same guard (`directory_syncs_update`); here it gets its words. */
async function refuseToEmpty(tx: Transaction, syncId: string, accepted: number): Promise<void> {
  const { rows } = await tx.execute<{
    accounts: number;
    accounts_of: number;
    users: number;
    users_of: number;
  }>(sql`select * from directory_missing(${syncId})`);
  const [m] = rows;
  if (!m) return;
  const isMuch = m.accounts * 5 > m.accounts_of || m.users * 5 > m.users_of;
  const gone = m.accounts + m.users;
  if (!isMuch || gone <= accepted) return;
  refuse(
    "would_empty",
    `${m.accounts} of ${m.accounts_of} accounts and ${m.users} of ${m.users_of} users were not named, more than a fifth. If they are gone, finish with "gone": ${gone}.`,
    { detail: { accounts_missing: m.accounts, users_missing: m.users, gone } },
  );
}

export type Mark = (
  tx: Transaction,
  ctx: Ctx<ProductActor>,
  syncId: string,
  after: string,
) => Promise<Step>;

const onePiece = (
  ctx: Ctx<ProductActor>,
  syncId: string,
  mark: Mark,
  after: string,
): Promise<Result<Step>> =>
  transact(ctx, { event: "directory.refused", body: { sync: syncId } }, async (tx) => {
    await oneAtATime(tx, ctx.actor.id);
    await requireFinishing(tx, ctx.actor.id, syncId);
    const step = await mark(tx, ctx, syncId, after);
    const { accounts = 0, users = 0, tickets = 0 } = step.gone;
    if (accounts + users + tickets > 0)
      await tx
        .update(directorySyncs)
        .set({
          accountsGone: plus(directorySyncs.accountsGone, accounts),
          usersGone: plus(directorySyncs.usersGone, users),
          ticketsGone: plus(directorySyncs.ticketsGone, tickets),
        })
        .where(eq(directorySyncs.id, syncId));
    return step;
  });

const plus = (column: { getSQL(): SQL }, n: number) => sql`${column} + ${n}`;

/** Another finish of the same sync may have come to its end meanwhile; a new sync may have been begun. */
async function requireFinishing(tx: Transaction, productId: string, syncId: string) {
  const sync = await findSync(tx, productId, syncId);
  if (sync.status === "abandoned")
    refuse("conflict", "This sync was abandoned while it was being finished: begin another.");
  return sync;
}

async function close(ctx: Ctx<ProductActor>, syncId: string): Promise<Result<Sync>> {
  const closed = await transact(ctx, { event: "directory.refused" }, async (tx) => {
    await oneAtATime(tx, ctx.actor.id);
    const sync = await requireFinishing(tx, ctx.actor.id, syncId);
    if (sync.status === "finished") return shown(sync);
    const { accountsGone: accounts, usersGone: users, ticketsGone: tickets } = sync;
    const closedEntryId = await recordAudit(tx, ctx, {
      event: "directory.sync_finished",
      body: {
        what: `${ctx.actor.name} brought its whole directory: ${accounts} accounts, ${users} users and ${tickets} tickets are gone`,
        sync: syncId,
        lines: sync.lines,
        rejected: sync.rejected,
        gone: { accounts, users, tickets },
        gone_accepted: sync.goneAccepted,
      },
    });
    await tx
      .update(directorySyncs)
      .set({ status: "finished", closedEntryId, closedAt: sql`clock_timestamp()` })
      .where(eq(directorySyncs.id, syncId));
    return shown(await findSync(tx, ctx.actor.id, syncId));
  });
  return closed.ok ? ok(closed.value) : closed;
}
