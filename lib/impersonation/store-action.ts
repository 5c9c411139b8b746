import type { Transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import { type EntryRow, entryRow, insertEntries } from "#lib/audit/record.ts";
import type { ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { AuditEvent, Phase } from "#lib/vocabulary.ts";
import type { Known } from "./action-rules.ts";
import { about, type LockedSession } from "./lock.ts";
import type { ReportedAction } from "./schemas.ts";

/**
 * Actions of one session with their entries, to be written by one statement: a batch costs little more than one. `db` is
 * the transaction that holds the session.
 */
export function actionStore(db: Transaction, session: LockedSession) {
  let entries: EntryRow[] = [];
  let added: ActionRow[] = [];
  let done: ActionRow[] = [];

  async function flush(): Promise<void> {
    if (entries.length === 0) return;
    const values = [entries, added, done].map((rows) => JSON.stringify(rows));
    [entries, added, done] = [[], [], []];
    await write(db, ...values);
  }

  return {
    /** Puts one new action on record, with its entry. `refusal`: why it was not let be. */
    add(ctx: Ctx<ProductActor>, action: ReportedAction, refusal: string | null): Known {
      const { entry, row } = newAction(ctx, action, session, refusal);
      entries.push(entry);
      added.push(row);
      const { method, route, effect, resource, phase, refusal: why } = row;
      return { phase, method, route, resource, effect, refusal: why, isDone: false };
    },
    /** Adds to an attempt what came of it. */
    async finish(ctx: Ctx<ProductActor>, action: ReportedAction): Promise<void> {
      // A statement does not see what it adds itself.
      if (added.some(({ id }) => id === action.id)) await flush();
      const entry = doneEntry(ctx, action, session);
      entries.push(entry);
      done.push(actionRow(action, session, entry.id));
    },
    flush,
  };
}

/** What of a session its actions and their entries carry. */
export type ToldOf = Parameters<typeof about>[0] &
  Pick<
    LockedSession,
    | "scope"
    | "startedAt"
    | "actorName"
    | "subjectName"
    | "accountName"
    | "ticket"
    | "reasonCategory"
  >;

/** A new action and its entry, as rows. `refusal`: why it was not let be. */
export function newAction(
  ctx: Ctx<ProductActor>,
  action: ReportedAction,
  session: ToldOf,
  refusal: string | null,
) {
  const why = refusal ?? (action.phase === "refused" ? (action.why ?? "scope") : null);
  const phase: Phase = why ? "refused" : action.phase === "attempt" ? "attempt" : "view";
  const entry = entryRow(sentBy(ctx, action), {
    event: eventOf(phase),
    ...about(session),
    body: { ...bodyOf(action, session), refused: why ?? undefined },
    index: indexOf(action, session, phase === "attempt"),
  });
  return { entry, row: { ...actionRow(action, session, entry.id), phase, refusal: why } };
}

/** The entry of what came of an attempt. */
export const doneEntry = (
  ctx: Ctx<ProductActor>,
  action: ReportedAction,
  session: ToldOf,
): EntryRow =>
  entryRow(sentBy(ctx, action), {
    event: "action.done",
    ...about(session),
    body: bodyOf(action, session),
    index: indexOf(action, session, false),
  });

const sentBy = (ctx: Ctx<ProductActor>, action: ReportedAction): Ctx<ProductActor> => ({
  ...ctx,
  ip: action.ip ?? null,
  userAgent: action.user_agent ?? null,
});

const eventOf = (phase: Phase): AuditEvent =>
  phase === "refused" ? "action.refused" : phase === "attempt" ? "action.write" : "action.viewed";

const actionRow = (action: ReportedAction, session: ToldOf, entryId: string) => ({
  id: action.id,
  session_id: session.id,
  seq: action.seq,
  effect: action.effect,
  method: action.method,
  route: action.route,
  resource: action.resource || null,
  kinds: action.data ?? null,
  changes: action.changes ?? null,
  status: action.status ?? null,
  // PostgreSQL knows no zone 16 hours or more from UTC.
  happened_at: new Date(action.at).toISOString(),
  session_began: session.startedAt,
  entry_id: entryId,
});
type ActionRow = ReturnType<typeof actionRow> & { phase?: Phase; refusal?: string | null };

const recordset = (parameter: string) =>
  `json_to_recordset(${parameter}::json) as t(id uuid, session_id uuid, seq integer, phase text, effect text, method text,
    route text, resource text, kinds text[], changes jsonb, refusal text, status integer, happened_at timestamptz,
    session_began timestamptz, entry_id uuid)`;

/** A product's clock is its own word: nothing is shown as done before the session began, or later than it was told. */
const write = preparedStatement(
  "actions",
  `with ${insertEntries},
added as (
  insert into actions (id, session_id, seq, phase, effect, method, route, resource, kinds, changes, refusal, status,
    happened_at, entry_id)
  select id, session_id, seq, phase, effect, method, route, resource, coalesce(kinds, '{}'), changes, refusal, status,
    least(greatest(happened_at, session_began), clock_timestamp()), entry_id from ${recordset("$2")})
update actions a set done_at = clock_timestamp(), done_entry_id = t.entry_id, status = t.status, route = t.route,
  resource = coalesce(t.resource, a.resource), kinds = coalesce(t.kinds, a.kinds),
  changes = coalesce(t.changes, a.changes)
  from ${recordset("$3")} where a.session_id = t.session_id and a.id = t.id`,
);

const bodyOf = (action: ReportedAction, session: ToldOf) => ({
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

const indexOf = (action: ReportedAction, session: ToldOf, isWrite: boolean) => ({
  resource: action.resource ?? null,
  ticket: session.ticket,
  reasonCategory: session.reasonCategory,
  effect: action.effect,
  isWrite,
});
