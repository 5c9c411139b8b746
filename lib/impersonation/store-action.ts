import type { Reader } from "#db/client.ts";
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
 * the transaction that holds the session, or none: then only `flushIfLive` may be called.
 */
export function actionStore(db: Reader, session: LockedSession) {
  let entries: EntryRow[] = [];
  let added: ActionRow[] = [];
  let done: ActionRow[] = [];

  async function flush(): Promise<void> {
    if (entries.length === 0) return;
    const values = [entries, added, done].map((rows) => JSON.stringify(rows));
    [entries, added, done] = [[], [], []];
    await write(db, ...values);
  }

  /** Writes all of it in a statement of its own, if the session still lives once that holds it; false: nothing is written. */
  async function flushIfLive(): Promise<boolean> {
    const rows = await writeIfLive(db, JSON.stringify(entries), JSON.stringify(added), session.id);
    return rows.length > 0;
  }

  return {
    /** Puts one new action on record, with its entry. `refusal`: why it was not let be. */
    add(ctx: Ctx<ProductActor>, action: ReportedAction, refusal: string | null): Known {
      const why = refusal ?? (action.phase === "refused" ? (action.why ?? "scope") : null);
      const phase = why ? "refused" : action.phase === "attempt" ? "attempt" : "view";
      const entry = entryRow(ctx, {
        event: eventOf(phase),
        ...about(session),
        body: { ...bodyOf(action, session), refused: why ?? undefined },
        index: indexOf(action, session, phase === "attempt"),
      });
      entries.push(entry);
      added.push({ ...actionRow(action, session, entry.id), phase, refusal: why });
      const { method, route, effect } = action;
      const resource = action.resource || null;
      return { phase, method, route, resource, effect, refusal: why, isDone: false };
    },
    /** Adds to an attempt what came of it. */
    async finish(ctx: Ctx<ProductActor>, action: ReportedAction): Promise<void> {
      // A statement does not see what it adds itself.
      if (added.some(({ id }) => id === action.id)) await flush();
      const entry = entryRow(ctx, {
        event: "action.done",
        ...about(session),
        body: bodyOf(action, session),
        index: indexOf(action, session, false),
      });
      entries.push(entry);
      done.push(actionRow(action, session, entry.id));
    },
    flush,
    flushIfLive,
  };
}

const eventOf = (phase: Phase): AuditEvent =>
  phase === "refused" ? "action.refused" : phase === "attempt" ? "action.write" : "action.viewed";

const actionRow = (action: ReportedAction, session: LockedSession, entryId: string) => ({
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

const insertActions = `
  insert into actions (id, session_id, seq, phase, effect, method, route, resource, kinds, changes, refusal, status,
    happened_at, entry_id)
  select id, session_id, seq, phase, effect, method, route, resource, coalesce(kinds, '{}'), changes, refusal, status,
    least(greatest(happened_at, session_began), clock_timestamp()), entry_id from ${recordset("$2")}`;

/** A product's clock is its own word: nothing is shown as done before the session began, or later than it was told. */
const write = preparedStatement(
  "actions",
  `with ${insertEntries()},
added as (${insertActions})
update actions a set done_at = clock_timestamp(), done_entry_id = t.entry_id, status = t.status, route = t.route,
  resource = coalesce(t.resource, a.resource), kinds = coalesce(t.kinds, a.kinds),
  changes = coalesce(t.changes, a.changes)
  from ${recordset("$3")} where a.session_id = t.session_id and a.id = t.id`,
);

/**
 * `for share` waits for an end that is under way and then looks at the row again. Without a row, `given` is empty: no
 * entry, no action.
 */
const writeIfLive = preparedStatement<{ id: string }>(
  "actions_if_live",
  `with held as materialized (
  select id from sessions where id = $3 and ended_at is null
    and least(expires_at, last_active_at + make_interval(mins => idle_minutes)) > clock_timestamp() for share),
${insertEntries("from held,")},
added as (${insertActions} where exists (select 1 from held))
select id from held`,
);

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
