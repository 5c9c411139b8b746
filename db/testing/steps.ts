import { v7 as newId } from "uuid";
import { entry } from "./entry.ts";
import type { Subject } from "./people.ts";
import { insert, type Row, type Sql, update } from "./sql.ts";

/*
 * The steps of an impersonation by plain SQL as the runtime role. Each is honest by itself: its entry first, then the
 * change that refers to it; `more` overrides columns, so that an attack says only what it does differently.
 */

export type Request = {
  id: string;
  actor: string;
  subject: Subject;
  minutes: number;
  scope: string;
};
export type Session = { id: string; request: Request };

export async function ask(sql: Sql, actor: string, subject: Subject, more: Row = {}) {
  const scope = String(more.scope ?? "write");
  const request: Request = {
    id: newId(),
    actor,
    subject,
    minutes: Number(more.minutes ?? 30),
    scope,
  };
  await insert(sql, "requests", {
    id: request.id,
    actor_id: actor,
    subject_id: subject.id,
    account_id: subject.account,
    product_id: subject.product,
    scope: request.scope,
    minutes: request.minutes,
    reason_category: "customer_asked",
    lawful_basis: "contract",
    reason: "The invoice does not open for her",
    caller_check: "call_back",
    policy_version: 1,
    approvals_needed: 0,
    lapses_at: new Date(Date.now() + 4 * 3600_000),
    asked_entry_id:
      "asked_entry_id" in more
        ? more.asked_entry_id
        : await entry(sql, "request.asked", { actor, subject, request: request.id }),
    ...more,
  });
  return request;
}

/** One vote; gives its entry, to which a grant or a denial refers too. */
export async function vote(sql: Sql, request: Request, approver: string, more: Row = {}) {
  const event = more.vote === "deny" ? "request.denied" : "request.approved";
  const entryId = await entry(sql, event, {
    actor: approver,
    subject: request.subject,
    request: request.id,
  });
  const { rows } = await sql.query("select ask_hash from requests where id = $1", [request.id]);
  await insert(sql, "approvals", {
    id: newId(),
    request_id: request.id,
    approver_id: approver,
    vote: "approve",
    minutes: more.vote === "deny" ? null : request.minutes,
    ask_hash: rows[0]?.ask_hash,
    policy_version: 1,
    entry_id: entryId,
    ...more,
  });
  return entryId;
}

/** Grants, referring to a vote's entry or, by policy, to one of its own. */
export async function grant(sql: Sql, request: Request, more: Row = {}): Promise<void> {
  await update(sql, "requests", request.id, {
    status: "granted",
    granted_at: new Date(),
    granted_minutes: request.minutes,
    granted_entry_id:
      "granted_entry_id" in more
        ? more.granted_entry_id
        : await entry(sql, "request.granted", {
            actor: request.actor,
            subject: request.subject,
            request: request.id,
          }),
    ...more,
  });
}

export async function approve(sql: Sql, request: Request, approver: string): Promise<void> {
  await grant(sql, request, { granted_entry_id: await vote(sql, request, approver) });
}

/** Closes a request that nobody starts, as denied, cancelled or lapsed. */
export async function close(
  sql: Sql,
  request: Request,
  status: "denied" | "cancelled" | "lapsed",
  more: Row = {},
): Promise<void> {
  const about = { actor: request.actor, subject: request.subject, request: request.id };
  await update(sql, "requests", request.id, {
    status,
    closed_at: new Date(),
    closed_entry_id: more.closed_entry_id ?? (await entry(sql, `request.${status}`, about)),
    ...more,
  });
}

export async function deny(sql: Sql, request: Request, approver: string): Promise<void> {
  const entryId = await vote(sql, request, approver, { vote: "deny", comment: "Not needed" });
  await close(sql, request, "denied", { closed_entry_id: entryId });
}

/** Starts and uses the request up, or leaves it `granted`. */
export async function start(
  sql: Sql,
  request: Request,
  more: Row = {},
  leave: "used" | "granted" = "used",
): Promise<Session> {
  const { id: requestId, actor, subject, scope, minutes } = request;
  const session: Session = { id: newId(), request };
  const about = { actor, subject, request: requestId, session: session.id };
  const entryId = await entry(sql, "session.started", about);
  const signInId = newId();
  await insert(sql, "staff_sign_ins", { id: signInId, staff_id: actor });
  await insert(sql, "sessions", {
    id: session.id,
    request_id: requestId,
    actor_id: actor,
    subject_id: subject.id,
    account_id: subject.account,
    product_id: subject.product,
    scope,
    minutes,
    policy_version: 1,
    sign_in_id: signInId,
    started_entry_id: entryId,
    ...more,
  });
  if (leave === "used")
    await update(sql, "requests", requestId, {
      status: "used",
      closed_at: new Date(),
      closed_entry_id: entryId,
    });
  return session;
}

export async function end(sql: Sql, session: Session, more: Row = {}): Promise<void> {
  const { actor, subject, id } = session.request;
  const about = { actor, subject, request: id, session: session.id };
  await update(sql, "sessions", session.id, {
    ended_at: new Date(),
    end_cause: "actor",
    ended_entry_id:
      "ended_entry_id" in more ? more.ended_entry_id : await entry(sql, "session.ended", about),
    ...more,
  });
}

/** From acting to looking, by its actor. */
export async function narrow(sql: Sql, session: Session, more: Row = {}): Promise<void> {
  const { actor, subject, id } = session.request;
  const about = { actor, subject, request: id, session: session.id };
  await update(sql, "sessions", session.id, {
    narrowed_at: new Date(),
    narrowed_entry_id:
      "narrowed_entry_id" in more
        ? more.narrowed_entry_id
        : await entry(sql, "session.narrowed", about),
    ...more,
  });
}

/** A write, recorded before it runs; gives the action's id. */
export async function attempt(sql: Sql, session: Session, more: Row = {}): Promise<string> {
  const id = newId();
  const { actor, subject, id: request } = session.request;
  await insert(sql, "actions", {
    id,
    session_id: session.id,
    seq: 1,
    phase: "attempt",
    effect: "data",
    method: "POST",
    route: "/invoices/:x",
    happened_at: new Date(),
    entry_id:
      more.entry_id ??
      (await entry(sql, "action.write", { actor, subject, request, session: session.id })),
    ...more,
  });
  return id;
}
