import { and, eq, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { preparedInsert, preparedSelect, preparedStatement } from "#db/prepared.ts";
import { approvals, sessions } from "#db/schema/impersonation.ts";
import { staff } from "#db/schema/staff.ts";
import { writeEntries } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import { readFacts } from "#lib/directory/facts.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { refuse } from "#lib/kernel/result.ts";
import { decide } from "#lib/policy/decide.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { sensitivity } from "#lib/policy/sensitivity.ts";
import { type LockedRequest, lockRequest } from "#lib/requests/lock.ts";
import { statusAt } from "#lib/requests/rules.ts";
import { requireFresh } from "#lib/staff/fresh.ts";
import { refuseBreadth, warnOfBreadth } from "./breadth.ts";
import { asSystem, endIn } from "./end.ts";
import { dueCause, lockLiveOf } from "./lock.ts";
import { prepareStart } from "./prepare-start.ts";
import { isUpgrade } from "./rules.ts";
import type { StartInput } from "./schemas.ts";

export type Started = {
  kind: "started";
  sessionId: string;
  number: number;
  /** Of the product that it leads into. */
  origin: string;
};

/**
 * Starts what was granted: once, by the actor, within the time that the policy gives, 30 min at most (DESIGN §5). The
 * actor's live session that `ends` names ends with it, in the same transaction; refuses with `already_live` where another
 * one is live.
 */
export const start = (ctx: Ctx<StaffActor>, { requestId, ends }: StartInput) =>
  transact(ctx, { event: "session.refused", requestId }, (tx) => startIn(tx, ctx, requestId, ends));

/** The same inside a transaction. */
export async function startIn(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  requestId: string,
  ends?: string,
): Promise<Started> {
  const { request, at } = await lockRequest(tx, requestId);
  if (request.actorId !== ctx.actor.id) refuse("not_found", "Nothing here that you may see.");
  if (request.status === "used") refuse("used", "This request is used up. Ask again.");
  const status = statusAt(request, at);
  if (status === "lapsed")
    refuse("lapsed", "The approval is void: it was not used in time. Ask again.");
  if (status !== "granted")
    refuse("not_granted", "This request is not granted, so nothing can start.");

  // In the order in which the schema locks: people and stops before sessions, so that nobody waits in a circle.
  await hold(tx, request.actorId, request.subjectId, request.id);

  const policy = await currentPolicy(tx);
  const subject = await readFacts(tx, request.subjectId);
  if (!subject) refuse("not_found", "Nothing here that you may stand in for.");
  const decision = decide(ctx.actor, subject, policy, request.scope);
  if (decision.kind === "refuse") refuse(decision.code, decision.message);
  const { sensitiveStart, acr } = policy.freshSignIn;
  if (sensitivity(subject).length > 0) requireFresh(ctx, at, sensitiveStart, acr);

  await makeRoom(tx, ctx, request, ends);

  const breadth = await refuseBreadth(tx, ctx, request.subjectId, policy);

  const approvers = await approversOfRequest(tx, { requestId: request.id });
  const names = approvers.map(({ name }) => name);
  const { row, entry } = prepareStart(ctx, request, policy, names);
  await writeEntries(tx, [entry]);
  const [session] = await insert(tx, row);
  if (!session) throw new Error("The session was not stored");
  const { subjectId, accountId } = request;
  await warnOfBreadth(tx, ctx, breadth, policy, { subjectId, accountId, sessionId: row.id });
  await markUsed(tx, request.id, at, entry.id);
  const { origin } = subject.product;
  return { kind: "started", sessionId: row.id, number: session.number, origin };
}

/** One session at a time: what is over, gives way to acting, or was named to end, ends; another is in the way. */
async function makeRoom(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  request: LockedRequest,
  ends: string | undefined,
): Promise<void> {
  const other = await lockLiveOf(tx, ctx.actor.id);
  if (!other) return;
  const { session } = other;
  const due = dueCause(session, other.at);
  if (due) await endIn(tx, asSystem(ctx), session, due, null);
  else if (isUpgrade(session, request)) await endIn(tx, ctx, session, "upgraded", null);
  else if (session.id === ends) await endIn(tx, ctx, session, "actor", null);
  else
    refuse("already_live", "You cannot start: another session of yours is live.", {
      detail: {
        sessionId: session.id,
        subjectId: session.subjectId,
        subject: session.subjectName,
        scope: session.scope,
        expiresAt: session.expiresAt.toISOString(),
      },
    });
}

const hold = preparedStatement("start_hold", "select hold_breadth($1), hold_still($1, $2, $3)");

const approversOfRequest = preparedSelect("approvers", { name: staff.name }, (builder, columns) =>
  builder
    .select(columns)
    .from(approvals)
    .innerJoin(staff, eq(staff.id, approvals.approverId))
    .where(
      and(
        // Its own, or that which stands for it.
        sql`${approvals.requestId} in (select unnest(array[id, standing_of]) from requests where id = ${sql.placeholder("requestId")})`,
        eq(approvals.vote, "approve"),
      ),
    ),
);

const insert = preparedInsert(
  "session_started",
  sessions,
  [
    "id",
    "requestId",
    "actorId",
    "subjectId",
    "accountId",
    "productId",
    "scope",
    "minutes",
    "policyVersion",
    "idleMinutes",
    "signInId",
    "startedEntryId",
  ],
  { number: sessions.number },
);

const markUsed = preparedStatement(
  "request_used",
  "update requests set status = 'used', closed_at = $2, closed_entry_id = $3 where id = $1",
);
