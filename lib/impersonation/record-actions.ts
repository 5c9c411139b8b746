import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import { actions, sessions } from "#db/schema/impersonation.ts";
import { transact } from "#lib/audit/transact.ts";
import type { ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { again, first, type Known, type Verdict } from "./action-rules.ts";
import { endIfDue } from "./end.ts";
import { sessionSelect } from "./lock.ts";
import { exportsAllowed, meeting, outcomeOf } from "./meeting.ts";
import { recordTogether } from "./record-together.ts";
import type { ReportedAction } from "./schemas.ts";
import { actionStore } from "./store-action.ts";
import { touch } from "./touch.ts";

export type Recorded = { active: boolean; at: Date; verdicts: Verdict[] };

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
  const recorded = await recordTogether(ctx, sessionId, reported);
  const result = recorded ? ok(recorded) : await recordAlone(ctx, sessionId, reported);
  if (!result.ok) return result;
  const { value } = result;
  if (value.due) await endIfDue(ctx, sessionId);
  else if (value.active && value.isUseDue && reported.some(({ unattended }) => !unattended))
    await touch(ctx.db, sessionId);
  return result;
}

/** Once more where the same action was just being written with others': by now it is on record, and is found there. */
const recordAlone = (ctx: Ctx<ProductActor>, sessionId: string, reported: ReportedAction[]) =>
  recordInTurn(ctx, sessionId, reported).catch((error: unknown) => {
    if (!isTaken(error)) throw error;
    return recordInTurn(ctx, sessionId, reported);
  });

/** A unique violation. */
const isTaken = (error: unknown): boolean =>
  z.object({ cause: z.object({ code: z.literal("23505") }) }).safeParse(error).success;

const recordInTurn = (ctx: Ctx<ProductActor>, sessionId: string, reported: ReportedAction[]) =>
  transact(ctx, { event: "action.refused" }, async (tx) => {
    await hold(tx, sessionId);
    const { met, known } = await meet(tx, ctx, sessionId, reported);
    const { session, around } = met;
    const store = actionStore(tx, session);
    const verdicts: Verdict[] = [];
    for (const action of reported) {
      const before = known.get(action.id);
      const verdict = before ? again(action, before, around) : first(action, around);
      verdicts.push(verdict);
      if (action.phase === "done") {
        if (!before || !verdict.accepted || before.isDone) continue;
        await store.finish(ctx, action);
        before.isDone = true;
      } else if (!before) {
        known.set(action.id, store.add(ctx, action, verdict.reason ?? null));
      }
    }
    await store.flush();
    return outcomeOf(met, verdicts);
  });

/** What the report meets: the session as it is, and what is on record of it. */
async function meet(
  tx: Transaction,
  ctx: Ctx<ProductActor>,
  sessionId: string,
  reported: ReportedAction[],
) {
  const ids = reported.map((action) => action.id);
  const [row] = await select(tx, { id: sessionId, ids });
  if (!row || row.productId !== ctx.actor.id) refuse("not_found", "No such session of yours.");
  const { at, known: before, ...session } = row;
  const met = meeting(session, new Date(at), await exportsAllowed(tx, reported));
  return { met, known: new Map<string, Known>(before.map(({ id, ...rest }) => [id, rest])) };
}

/**
 * A report that is sent twice waits for the first, and then finds it on record. An end takes the row for update, so
 * that it is before this report or after it (DESIGN §3).
 */
const hold = preparedStatement(
  "actions_hold",
  `with turn as materialized (select pg_advisory_xact_lock(hashtextextended('actions ' || ($1::uuid)::text, 0)))
   select from turn, sessions where id = $1 for share of sessions`,
);

/** The session, and what is on record already of these ids: read only once both locks are held. */
const select = sessionSelect("session_and_actions", {
  known: sql<
    (Known & { id: string })[]
  >`(select coalesce(json_agg(json_build_object('id', ${actions.id},
    'phase', ${actions.phase}, 'method', ${actions.method}, 'route', ${actions.route},
    'resource', ${actions.resource}, 'effect', ${actions.effect},
    'refusal', ${actions.refusal}, 'isDone', ${actions.doneAt} is not null)), '[]')
    from ${actions} where ${actions.sessionId} = ${sessions.id} and ${actions.id} = any(${sql.placeholder("ids")}::uuid[]))`,
});
