import { restingTriggers } from "#db/resting-triggers.ts";
import type { Effect, EndCause } from "#lib/vocabulary.ts";
import { entry } from "./entry.ts";
import { giveRole, type Subject } from "./people.ts";
import { inTransaction, type Scene } from "./scene.ts";
import { insert, type Sql } from "./sql.ts";
import { ask, attempt, close, end, grant, type Session, start, vote } from "./steps.ts";

/** A session, or a request that was denied, as it is to have been; times in UTC. For tests only. */
export type Worked = {
  who: string;
  at: string;
  minutes?: number;
  scope?: "read" | "write";
  subject: Subject;
  views?: number;
  writes?: Effect[];
  refused?: number;
  cause?: EndCause;
  /** Who decided, so many seconds after the ask. */
  by?: string;
  after?: number;
  denied?: true;
};

/** Lets them be done by the steps of everybody, then moves each, with its entries, to when it is to have been. */
export async function worked(s: Scene, all: readonly Worked[]): Promise<void> {
  const holders = [...new Set(all.map(({ who }) => who))];
  for (const who of holders) await giveRole(s.owner, who, "agent");
  for (const one of all) {
    const done = await s.commit((sql) => work(sql, one));
    await inTransaction(s.owner, (sql) =>
      restingTriggers(sql, moved, () => place(sql, one, done.request, done.session)),
    );
  }
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "staff_roles", () =>
      sql.query("delete from staff_roles where staff_id = any($1) and revoked_at is null", [
        holders,
      ]),
    ),
  );
}

const moved = [
  ...["sessions", "requests", "approvals", "actions", "audit_entry", "audit_index"],
  "staff_sign_ins",
];

async function work(sql: Sql, one: Worked): Promise<{ request: string; session?: string }> {
  const { who, subject, scope = "read", by } = one;
  const request = await ask(sql, who, subject, { scope });
  if (by && one.denied) {
    const entryId = await vote(sql, request, by, { vote: "deny", comment: "Not needed" });
    await close(sql, request, "denied", { closed_entry_id: entryId });
    return { request: request.id };
  }
  await grant(sql, request, by ? { granted_entry_id: await vote(sql, request, by) } : {});
  const session = await start(sql, request);
  for (let n = 0; n < (one.views ?? 0); n += 1) await act(sql, session, "view", "view");
  for (const effect of one.writes ?? []) await act(sql, session, "attempt", effect);
  for (let n = 0; n < (one.refused ?? 0); n += 1) await act(sql, session, "refused", "data");
  await end(sql, session, { end_cause: one.cause ?? "actor" });
  return { request: request.id, session: session.id };
}

const events = {
  view: "action.viewed",
  attempt: "action.write",
  refused: "action.refused",
} as const;

async function act(sql: Sql, session: Session, phase: keyof typeof events, effect: Effect) {
  const { actor, subject, id: request } = session.request;
  const about = { actor, subject, request, session: session.id };
  const entry_id = await entry(sql, events[phase], about);
  await insert(sql, "audit_index", { entry_id, effect, is_write: phase === "attempt" });
  await attempt(sql, session, { phase, effect, entry_id });
}

/** The ask before the start, the steps one after the other within it, the end after its minutes. */
async function place(sql: Sql, one: Worked, request: string, session?: string): Promise<void> {
  const { at, minutes = 10, after = 0 } = one;
  const asked = "$2::timestamptz - interval '2 hours'";
  const decided = `${asked} + $3 * interval '1 second'`;
  const of = [request, at, after];
  await sql.query(
    `update requests set created_at = ${asked}, lapses_at = ${asked} + interval '4 hours', granted_at = case when granted_at is not null
       then ${decided} end, start_by = case when start_by is not null then $2::timestamptz + interval '1 minute' end,
       closed_at = case when status = 'denied' then ${decided} else $2::timestamptz end where id = $1`,
    of,
  );
  await sql.query(`update approvals set created_at = ${decided} where request_id = $1`, of);
  await sql.query(
    `update audit_entry set occurred_at = case when event = 'request.asked' then ${asked} else ${decided} end
       where request_id = $1 and session_id is null`,
    of,
  );
  if (!session) return;
  const during = [session, at, minutes];
  const over = "$2::timestamptz + $3 * interval '1 minute'";
  await sql.query(
    `update sessions set started_at = $2, expires_at = $2::timestamptz + interval '30 minutes', last_active_at = ${over},
       ended_at = ${over} where id = $1`,
    during,
  );
  await sql.query(
    `update staff_sign_ins set created_at = $2::timestamptz - interval '1 hour', auth_time = $2::timestamptz - interval '1 hour',
       last_active_at = ${over} where id = (select sign_in_id from sessions where id = $1) and $3 > 0`,
    during,
  );
  await sql.query(
    `update audit_entry set occurred_at = case event when 'session.started' then $2::timestamptz when 'session.ended' then ${over}
       else $2::timestamptz + $3 * interval '30 seconds' end where session_id = $1`,
    during,
  );
  await sql.query(
    `update audit_index i set occurred_at = e.occurred_at from audit_entry e where e.id = i.entry_id and e.session_id = $1`,
    [session],
  );
  await sql.query(
    `update actions a set happened_at = e.occurred_at from audit_entry e where e.id = a.entry_id and a.session_id = $1`,
    [session],
  );
}
