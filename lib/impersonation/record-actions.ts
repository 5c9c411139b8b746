import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { actions } from "#db/schema/impersonation.ts";
import { transact } from "#lib/audit/transact.ts";
import type { ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { type Around, again, first, type Known, type Verdict } from "./action-rules.ts";
import { endIfDue } from "./end.ts";
import { dueCause, lockSession } from "./lock.ts";
import type { ReportedAction } from "./schemas.ts";
import { storeAction, storeDone } from "./store-action.ts";
import { touch } from "./touch.ts";

export type Recorded = { active: boolean; at: Date; verdicts: Verdict[] };

/** What happened in time is taken for this long after the end, since it may be told after it. */
const TOLD_AFTER_END_MS = 60_000;

/**
 * Puts on record what an agent did in a product (DESIGN §6.5), and says whether a write may run: its record is
 * committed before the answer. Idempotent by the action's id, which stands for one deed. Refuses another product's
 * session with `not_found`.
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
    const over = (session.endedAt ?? session.expiresAt).getTime() + TOLD_AFTER_END_MS;
    const around: Around = {
      scope: session.scope,
      active,
      isTaken: at.getTime() <= over,
      exports: (await currentPolicy(tx)).exportsInWrite,
    };
    const known = await readKnown(tx, sessionId, reported);
    const verdicts: Verdict[] = [];
    for (const action of reported) {
      const as = { ...ctx, ip: action.ip ?? null, userAgent: action.user_agent ?? null };
      const before = known.get(action.id);
      const verdict = before ? again(action, before, around) : first(action, around);
      verdicts.push(verdict);
      if (action.phase === "done") {
        if (!before || !verdict.accepted || before.isDone) continue;
        await storeDone(tx, as, session, action);
        before.isDone = true;
      } else if (!before) {
        known.set(action.id, await storeAction(tx, as, session, action, verdict.reason ?? null));
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

async function readKnown(tx: Transaction, sessionId: string, reported: ReportedAction[]) {
  const ids = reported.map((action) => action.id);
  const rows = await tx
    .select({
      id: actions.id,
      phase: actions.phase,
      method: actions.method,
      effect: actions.effect,
      refusal: actions.refusal,
      isDone: isNotNull(actions.doneAt).mapWith(Boolean),
    })
    .from(actions)
    .where(and(eq(actions.sessionId, sessionId), inArray(actions.id, ids)));
  return new Map<string, Known>(rows.map(({ id, ...row }) => [id, row]));
}
