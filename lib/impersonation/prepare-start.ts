import { entryRow } from "#lib/audit/record.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId, requestNumber } from "#lib/kernel/ids.ts";
import type { Policy } from "#lib/policy/policy.ts";
import type { LockedRequest } from "#lib/requests/lock.ts";

/** What of a granted request its session and its entry carry. */
type Granted = Pick<
  LockedRequest,
  | "id"
  | "number"
  | "subjectId"
  | "subjectName"
  | "accountId"
  | "accountName"
  | "productId"
  | "scope"
  | "minutes"
  | "grantedMinutes"
  | "reasonCategory"
  | "reason"
  | "lawfulBasis"
  | "ticket"
> &
  Partial<Pick<LockedRequest, "breakGlass">>;

/** A session of this request and its entry, `session.started`; nothing is written. */
export function prepareStart(
  ctx: Ctx<StaffActor>,
  request: Granted,
  policy: Policy,
  approvers: string[],
) {
  const minutes = Math.min(request.grantedMinutes ?? request.minutes, policy.maxMinutes);
  const id = newId();
  const how = request.scope === "write" ? "Acting" : "Looking";
  const yes = request.breakGlass
    ? "break-glass, nobody approved"
    : approvers.length
      ? `approved by ${approvers.join(" and ")}`
      : `allowed by policy ${policy.version}`;
  const entry = entryRow(ctx, {
    event: "session.started",
    accountId: request.accountId,
    subjectId: request.subjectId,
    requestId: request.id,
    sessionId: id,
    body: {
      what: `${how}, ${minutes} min, ${yes}`,
      scope: request.scope,
      minutes_asked: request.minutes,
      minutes,
      request: requestNumber(request.number),
      reason_category: request.reasonCategory,
      reason: request.reason,
      lawful_basis: request.lawfulBasis,
      ticket: request.ticket,
      actor: ctx.actor.name,
      subject: request.subjectName,
      account: request.accountName,
      approved_by: approvers,
      ...(request.breakGlass && { break_glass: true }),
      policy: policy.version,
    },
    index: { ticket: request.ticket, reasonCategory: request.reasonCategory },
  });
  const row = {
    id,
    requestId: request.id,
    actorId: ctx.actor.id,
    subjectId: request.subjectId,
    accountId: request.accountId,
    productId: request.productId,
    scope: request.scope,
    minutes,
    policyVersion: policy.version,
    idleMinutes: policy.idleMinutes,
    signInId: ctx.actor.signInId,
    startedEntryId: entry.id,
  };
  return { row, entry };
}
