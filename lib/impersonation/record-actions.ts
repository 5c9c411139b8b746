import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Reader } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import { actions, sessions } from "#db/schema/impersonation.ts";
import { transact } from "#lib/audit/transact.ts";
import type { ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { refusalOf } from "#lib/kernel/database-refusals.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { type Around, again, first, type Known, type Verdict } from "./action-rules.ts";
import { endIfDue } from "./end.ts";
import { dueCause, sessionSelect } from "./lock.ts";
import type { ReportedAction } from "./schemas.ts";
import { actionStore } from "./store-action.ts";
import { isUseDue, touch } from "./touch.ts";

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
  const result =
    (await recordAtOnce(ctx, sessionId, reported)) ??
    (await recordInTurn(ctx, sessionId, reported));
  if (!result.ok) return result;
  const { value } = result;
  if (value.due) await endIfDue(ctx, sessionId);
  else if (value.active && value.isUseDue) await touch(ctx.db, sessionId);
  return result;
}

const recordInTurn = (ctx: Ctx<ProductActor>, sessionId: string, reported: ReportedAction[]) =>
  transact(ctx, { event: "action.refused" }, async (tx) => {
    await hold(tx, sessionId);
    const met = await meet(tx, ctx, sessionId, reported);
    const { session, around, known } = met;
    const store = actionStore(tx, session);
    const verdicts: Verdict[] = [];
    for (const action of reported) {
      const as = sentBy(ctx, action);
      const before = known.get(action.id);
      const verdict = before ? again(action, before, around) : first(action, around);
      verdicts.push(verdict);
      if (action.phase === "done") {
        if (!before || !verdict.accepted || before.isDone) continue;
        await store.finish(as, action);
        before.isDone = true;
      } else if (!before) {
        known.set(action.id, store.add(as, action, verdict.reason ?? null));
      }
    }
    await store.flush();
    return outcomeOf(met, verdicts);
  });

/**
 * The same for what nearly every report is: all of it new, of a session that lives. It is read first and written by one
 * statement that holds the session itself, and writes only if it still lives. Null, and nothing is written, where
 * anything is not so: what the session has met meanwhile, or a report of the same action, is for `recordInTurn`.
 */
async function recordAtOnce(
  ctx: Ctx<ProductActor>,
  sessionId: string,
  reported: ReportedAction[],
): Promise<Result<Outcome> | null> {
  const ids = new Set(reported.map(({ id }) => id));
  if (ids.size < reported.length || reported.some(({ phase }) => phase === "done")) return null;
  try {
    const met = await meet(ctx.db, ctx, sessionId, reported);
    if (met.known.size > 0 || !met.around.active) return null;
    const store = actionStore(ctx.db, met.session);
    const verdicts = reported.map((action) => {
      const verdict = first(action, met.around);
      store.add(sentBy(ctx, action), action, verdict.reason ?? null);
      return verdict;
    });
    return (await store.flushIfLive()) ? ok(outcomeOf(met, verdicts)) : null;
  } catch (error) {
    if (refusalOf(error) || isTaken(error)) return null;
    throw error;
  }
}

const sentBy = (ctx: Ctx<ProductActor>, action: ReportedAction): Ctx<ProductActor> => ({
  ...ctx,
  ip: action.ip ?? null,
  userAgent: action.user_agent ?? null,
});

/** A unique violation: the same action came twice at once. */
const isTaken = (error: unknown): boolean =>
  z.object({ cause: z.object({ code: z.literal("23505") }) }).safeParse(error).success;

/** What the report meets: the session as it is, and what is on record of it. */
async function meet(
  db: Reader,
  ctx: Ctx<ProductActor>,
  sessionId: string,
  reported: ReportedAction[],
) {
  const ids = reported.map((action) => action.id);
  const [row] = await select(db, { id: sessionId, ids });
  if (!row || row.productId !== ctx.actor.id) refuse("not_found", "No such session of yours.");
  const { at: text, known: before, ...session } = row;
  const at = new Date(text);
  const due = dueCause(session, at);
  const over = (session.endedAt ?? session.expiresAt).getTime() + TOLD_AFTER_END_MS;
  const around: Around = {
    scope: session.scope,
    active: session.endedAt === null && due === null,
    isTaken: at.getTime() <= over,
    exports:
      reported.some(({ effect }) => effect === "export") &&
      (await currentPolicy(db)).exportsInWrite,
  };
  const known = new Map<string, Known>(before.map(({ id, ...rest }) => [id, rest]));
  return { session, at, due, around, known };
}
type Met = Awaited<ReturnType<typeof meet>>;
type Outcome = ReturnType<typeof outcomeOf>;

const outcomeOf = ({ session, at, due, around: { active } }: Met, verdicts: Verdict[]) => ({
  active,
  due,
  at,
  verdicts,
  isUseDue: isUseDue(session, at),
});

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
