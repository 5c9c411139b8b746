import { and, eq, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { actions } from "#db/schema/impersonation.ts";
import { recordAudit } from "#lib/audit/record.ts";
import type { ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { AuditEvent } from "#lib/vocabulary.ts";
import type { Known } from "./action-rules.ts";
import { about, type LockedSession } from "./lock.ts";
import type { ReportedAction } from "./schemas.ts";

/** Puts one new action on record, with its entry. `refusal`: why it was not let be. */
export async function storeAction(
  tx: Transaction,
  ctx: Ctx<ProductActor>,
  session: LockedSession,
  action: ReportedAction,
  refusal: string | null,
): Promise<Known> {
  const why = refusal ?? (action.phase === "refused" ? (action.why ?? "scope") : null);
  const phase = why ? "refused" : action.phase === "attempt" ? "attempt" : "view";
  const event: AuditEvent = why
    ? "action.refused"
    : phase === "attempt"
      ? "action.write"
      : "action.viewed";
  const entryId = await recordAudit(tx, ctx, {
    event,
    ...about(session),
    body: { ...bodyOf(action, session), refused: why ?? undefined },
    index: indexOf(action, session, phase === "attempt"),
  });
  await tx.insert(actions).values({
    id: action.id,
    sessionId: session.id,
    seq: action.seq,
    phase,
    effect: action.effect,
    method: action.method,
    route: action.route,
    resource: action.resource ?? null,
    kinds: action.data ?? [],
    changes: action.changes ?? null,
    refusal: why,
    status: action.status ?? null,
    happenedAt: new Date(action.at),
    entryId,
  });
  const { method, effect } = action;
  return { phase, method, effect, refusal: why, isDone: false };
}

/** Adds to an attempt what came of it. */
export async function storeDone(
  tx: Transaction,
  ctx: Ctx<ProductActor>,
  session: LockedSession,
  action: ReportedAction,
): Promise<void> {
  const doneEntryId = await recordAudit(tx, ctx, {
    event: "action.done",
    ...about(session),
    body: bodyOf(action, session),
    index: indexOf(action, session, false),
  });
  await tx
    .update(actions)
    .set({
      doneAt: sql`clock_timestamp()`,
      doneEntryId,
      status: action.status ?? null,
      route: action.route,
      ...(action.resource ? { resource: action.resource } : {}),
      ...(action.data ? { kinds: action.data } : {}),
      ...(action.changes ? { changes: action.changes } : {}),
    })
    .where(and(eq(actions.sessionId, session.id), eq(actions.id, action.id)));
}

const bodyOf = (action: ReportedAction, session: LockedSession) => ({
  what: action.resource
    ? `${action.method} ${action.route}, ${action.resource}`
    : `${action.method} ${action.route}`,
  action: action.id,
  at: action.at,
  method: action.method,
  route: action.route,
  effect: action.effect,
  kinds: action.data,
  resource: action.resource,
  changes: action.changes,
  status: action.status,
  seq: action.seq,
  scope: session.scope,
  actor: session.actorName,
  subject: session.subjectName,
  account: session.accountName,
});

const indexOf = (action: ReportedAction, session: LockedSession, isWrite: boolean) => ({
  resource: action.resource ?? null,
  ticket: session.ticket,
  reasonCategory: session.reasonCategory,
  effect: action.effect,
  isWrite,
});
