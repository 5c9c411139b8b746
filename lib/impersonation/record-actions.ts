import { and, eq, inArray, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { actions } from "#db/schema/impersonation.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import type { ActionRefusal, AuditEvent } from "#lib/vocabulary.ts";
import { endIfDue } from "./end.ts";
import { about, dueCause, type LockedSession, lockSession } from "./lock.ts";
import type { ReportedAction } from "./schemas.ts";
import { touch } from "./touch.ts";

export type Verdict = {
  id: string;
  accepted: boolean;
  reason?: "ended" | "scope" | "denied" | "export" | "closed" | "unknown";
};
export type Recorded = { active: boolean; at: Date; verdicts: Verdict[] };

/** `done` is taken for this long after the end, since what was attempted in time may finish after it. */
const DONE_AFTER_END_MS = 60_000;

/**
 * Puts on record what an agent did in a product (DESIGN §6.5), and says whether a write may run: its record is
 * committed before the answer. Idempotent by the action's id, which stands for one deed. Refuses another product's session with `not_found`.
 */
export async function recordActions(
  ctx: Ctx<ProductActor>,
  sessionId: string,
  reported: ReportedAction[],
): Promise<Result<Recorded>> {
  const result = await transact(ctx, { event: "action.refused" }, async (tx) => {
    await oneReportAtATime(tx, sessionId);
    const locked = await lockSession(tx, sessionId, "share");
    if (!locked || locked.session.productId !== ctx.actor.id)
      refuse("not_found", "No such session of yours.");
    const { session, at } = locked;
    const due = dueCause(session, at);
    const active = session.endedAt === null && due === null;
    const policy = await currentPolicy(tx);
    const known = await readKnown(tx, sessionId, reported);
    const verdicts: Verdict[] = [];
    for (const action of reported) {
      const as = { ...ctx, ip: action.ip ?? null, userAgent: action.user_agent ?? null };
      const before = known.get(action.id);
      if (action.phase === "done") {
        verdicts.push(await done(tx, as, session, action, before, at));
      } else if (before) {
        verdicts.push(again(action, before, active));
      } else {
        const refusal = !active
          ? "ended"
          : action.phase === "attempt"
            ? refusalOf(action, session, policy.exportsInWrite)
            : null;
        const stored = await store(tx, as, session, action, refusal);
        known.set(action.id, stored);
        verdicts.push(refusal ? refused(action.id, refusal) : { id: action.id, accepted: true });
      }
    }
    return { active, due, at, verdicts };
  });
  if (!result.ok) return result;
  if (result.value.due) await endIfDue(ctx, sessionId);
  else if (result.value.active) await touch(ctx.db, sessionId);
  return result;
}

/** A report that is sent twice waits for the first, and then finds it on record. */
const oneReportAtATime = (tx: Transaction, sessionId: string) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`actions ${sessionId}`}, 0))`);

type Known = Pick<
  typeof actions.$inferSelect,
  "phase" | "method" | "effect" | "refusal" | "doneAt"
>;

async function readKnown(tx: Transaction, sessionId: string, reported: ReportedAction[]) {
  const rows = await tx
    .select({
      id: actions.id,
      phase: actions.phase,
      method: actions.method,
      effect: actions.effect,
      refusal: actions.refusal,
      doneAt: actions.doneAt,
    })
    .from(actions)
    .where(
      and(
        eq(actions.sessionId, sessionId),
        inArray(
          actions.id,
          reported.map((action) => action.id),
        ),
      ),
    );
  return new Map<string, Known>(rows.map((row) => [row.id, row]));
}

/** The answer about what is on record already. What was on record as something else is no leave to write. */
function again(action: ReportedAction, before: Known, active: boolean): Verdict {
  if (before.refusal) return refused(action.id, before.refusal);
  if (action.phase === "attempt") {
    if (!active) return refused(action.id, "ended");
    const same =
      before.phase === "attempt" &&
      before.method === action.method &&
      before.effect === action.effect &&
      before.doneAt === null;
    if (!same) return { id: action.id, accepted: false, reason: "unknown" };
  }
  return { id: action.id, accepted: true };
}

type Refusal = ActionRefusal | "ended" | "denied";

function refusalOf(
  action: ReportedAction,
  session: LockedSession,
  exports: boolean,
): Refusal | null {
  if (action.effect === "credential") return "denied";
  if (session.scope !== "write") return action.effect === "export" ? "export" : "scope";
  if (action.effect === "export" && !exports) return "export";
  return null;
}

function refused(id: string, refusal: string): Verdict {
  const reason =
    refusal === "ended" || refusal === "scope" || refusal === "export" ? refusal : "denied";
  return { id, accepted: false, reason };
}

async function store(
  tx: Transaction,
  ctx: Ctx<ProductActor>,
  session: LockedSession,
  action: ReportedAction,
  refusal: Refusal | null,
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
  return { phase, method, effect, refusal: why, doneAt: null };
}

async function done(
  tx: Transaction,
  ctx: Ctx<ProductActor>,
  session: LockedSession,
  action: ReportedAction,
  before: Known | undefined,
  at: Date,
): Promise<Verdict> {
  if (before?.phase !== "attempt") return { id: action.id, accepted: false, reason: "unknown" };
  if (before.doneAt) return { id: action.id, accepted: true };
  const end = session.endedAt ?? session.expiresAt;
  if (at.getTime() > end.getTime() + DONE_AFTER_END_MS)
    return { id: action.id, accepted: false, reason: "closed" };
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
  before.doneAt = at;
  return { id: action.id, accepted: true };
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
