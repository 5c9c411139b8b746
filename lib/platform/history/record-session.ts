import { randomUUID } from "node:crypto";
import type { Deed, Visit } from "#db/seed/history/story.ts";
import { asSystem } from "#lib/impersonation/end.ts";
import { about } from "#lib/impersonation/lock.ts";
import { prepareStart } from "#lib/impersonation/prepare-start.ts";
import { endSentence } from "#lib/impersonation/rules.ts";
import type { ReportedAction } from "#lib/impersonation/schemas.ts";
import { doneEntry, newAction, type ToldOf } from "#lib/impersonation/store-action.ts";
import { actorName } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { EndCause } from "#lib/vocabulary.ts";
import { recordGlassReview, recordUse } from "./record-glass.ts";
import { factsOf, type PastRequest } from "./record-request.ts";
import type { Recorder } from "./recorder.ts";

/** A session with its entries, its token and what was done in it. */
export function recordSession(
  to: Recorder,
  request: PastRequest,
  visit: Visit,
  { number, signInId }: { number: number; signInId: string },
): void {
  const { story, basis } = request;
  const { actor, customer, scope, category: reasonCategory, reason } = story;
  const ticket = story.ticket?.reference ?? null;
  const starter = to.staffAt(actor, visit.startedAt, signInId);
  const { row, entry } = prepareStart(
    starter,
    {
      ...{
        id: request.id,
        number: request.number,
        productId: to.product.id,
        scope,
        minutes: story.minutes,
      },
      breakGlass: story.glass !== null,
      ...{ grantedMinutes: request.minutes, reasonCategory, reason, lawfulBasis: basis, ticket },
      ...{ subjectName: customer.name, accountName: customer.account.name, ...factsOf(customer) },
    },
    to.policy,
    request.approvers,
  );
  to.keep(visit.startedAt, entry);
  const asked = to.tables.requests.at(-1);
  if (asked?.id === request.id) asked.closed_entry_id = entry.id;
  const session: ToldOf = {
    ...row,
    ...{
      actorName: starter.actor.name,
      subjectName: customer.name,
      accountName: customer.account.name,
    },
    ...{ startedAt: visit.startedAt, ticket, reasonCategory },
  };
  const told = { ...session, number, minutes: row.minutes };
  const usedEntryId = story.glass && recordUse(to, request, told, starter);
  recordEntering(to, session, visit, starter);
  for (const [seq, deed] of visit.deeds.entries()) recordDeed(to, session, visit, deed, seq + 1);
  const endedEntryId = recordEnd(to, session, visit);
  to.tables.sessions.push({
    ...{
      id: row.id,
      number,
      request_id: row.requestId,
      actor_id: row.actorId,
      subject_id: row.subjectId,
    },
    ...{ account_id: row.accountId, product_id: row.productId, scope, minutes: row.minutes },
    ...{ policy_version: row.policyVersion, idle_minutes: row.idleMinutes, sign_in_id: signInId },
    ...{ started_at: visit.startedAt, last_active_at: visit.lastActiveAt, ended_at: visit.endedAt },
    expires_at: new Date(visit.startedAt.getTime() + row.minutes * 60_000),
    ...{ end_cause: visit.cause, ended_by: visit.endedBy, end_comment: visit.comment },
    ...{ started_entry_id: row.startedEntryId, ended_entry_id: endedEntryId },
  });
  if (story.glass && usedEntryId)
    recordGlassReview(to, told, visit, { ...story.glass, usedEntryId });
}

function recordEntering(
  to: Recorder,
  session: ToldOf,
  { startedAt }: Visit,
  starter: ReturnType<Recorder["staffAt"]>,
) {
  const { name: product } = to.product;
  const names = {
    actor: session.actorName,
    subject: session.subjectName,
    account: session.accountName,
  };
  const later = (ms: number) => new Date(startedAt.getTime() + ms);
  to.note(later(900), starter, {
    event: "code.issued",
    ...about(session),
    body: { what: `Entered ${product}`, product, ...names },
  });
  const jti = newId();
  to.note(later(1100), to.byProduct, {
    event: "token.issued",
    ...about(session),
    body: { what: `Token for ${product}`, jti, ...names },
  });
  to.tables.tokens.push({ jti, session_id: session.id, issued_at: later(1100), retired_at: null });
}

const statusOf = { view: 200, write: 303, refused: undefined };

function recordDeed(to: Recorder, session: ToldOf, visit: Visit, deed: Deed, seq: number) {
  const { phase, method, route, effect, kinds, resource, changes, why } = deed;
  const at = new Date(visit.startedAt.getTime() + Math.round(deed.after * 1000));
  const { ip, userAgent } = to.staffAt(session.actorId, at);
  const isWrite = phase === "write";
  const told: ReportedAction = {
    ...{
      id: randomUUID(),
      phase: isWrite ? "attempt" : phase,
      at: at.toISOString(),
      method,
      effect,
    },
    route: isWrite ? route.replaceAll(/:\w+/g, ":x") : route,
    ...(kinds.length > 0 && { data: kinds }),
    ...(resource && { resource }),
    ...(phase === "view" && { status: statusOf.view }),
    ...(why && { why }),
    ...{ ip, user_agent: userAgent, seq },
  };
  const made = newAction(to.byProduct, told, session, null);
  to.keep(at, made.entry);
  const { session_began: _, ...row } = made.row;
  const doneAt = isWrite ? new Date(at.getTime() + 60 + (seq % 5) * 31) : null;
  const done = doneAt && {
    ...told,
    phase: "done" as const,
    route,
    status: statusOf.write,
    ...(changes && { changes }),
  };
  to.tables.actions.push({
    ...row,
    kinds: kinds,
    ...(done && { route, changes: changes ?? null, status: done.status }),
    done_at: doneAt,
    done_entry_id: done && doneAt && to.keep(doneAt, doneEntry(to.byProduct, done, session)),
  });
}

const byWorker = new Set<EndCause>(["idle", "time"]);

function recordEnd(to: Recorder, session: ToldOf, visit: Visit): string {
  const { cause, comment, endedAt, startedAt, deeds, endedBy } = visit;
  const ctx: Ctx = byWorker.has(cause)
    ? asSystem(to.byWorker)
    : cause === "sign_out"
      ? asSystem(to.staffAt(session.actorId, endedAt))
      : endedBy || cause === "upgraded"
        ? to.staffAt(endedBy ?? session.actorId, endedAt)
        : to.byProduct;
  const name = actorName(ctx.actor);
  const of = (phase: Deed["phase"]) => deeds.filter((deed) => deed.phase === phase).length;
  return to.note(new Date(endedAt.getTime() + (cause === "time" ? 1400 : 0)), ctx, {
    event: "session.ended",
    ...about(session),
    body: {
      what: endSentence(cause, {
        name,
        comment,
        minutes: visit.minutes,
        idleMinutes: to.policy.idleMinutes,
      }),
      ...{ cause, comment, minutes: visit.minutes },
      seconds: Math.round((endedAt.getTime() - startedAt.getTime()) / 1000),
      ...{ reads: of("view"), writes: of("write"), refusals: of("refused") },
      ...{ actor: session.actorName, subject: session.subjectName, account: session.accountName },
    },
    index: { ticket: session.ticket, reasonCategory: session.reasonCategory },
  });
}
