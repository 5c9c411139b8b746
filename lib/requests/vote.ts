import { eq } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import { approvals, requests } from "#db/schema/impersonation.ts";
import { staff } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import { has, type StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId, requestNumber } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { wantedWords } from "#lib/policy/requirement-words.ts";
import { requireFresh } from "#lib/staff/fresh.ts";
import type { RequestStatus, Vote } from "#lib/vocabulary.ts";
import { about, type LockedRequest, lockRequest } from "./lock.ts";
import { leastMinutes, startBy, statusAt } from "./rules.ts";
import type { DenyInput, VoteInput } from "./schemas.ts";

export type Decided = {
  requestId: string;
  number: number;
  status: RequestStatus;
  minutes: number | null;
};

/** One approver's yes, perhaps for fewer minutes. What the request wants of them grants it (DESIGN §5). */
export const approve = (ctx: Ctx<StaffActor>, input: VoteInput): Promise<Result<Decided>> =>
  vote(ctx, { vote: "approve", ...input });

/** One approver's no, with the reason. It decides. */
export const deny = (ctx: Ctx<StaffActor>, input: DenyInput): Promise<Result<Decided>> =>
  vote(ctx, { vote: "deny", ...input });

export type Cast = {
  vote: Vote;
  requestId: string;
  ask: string;
  minutes?: number;
  comment?: string;
};

function vote(ctx: Ctx<StaffActor>, cast: Cast): Promise<Result<Decided>> {
  const refused = { event: "vote.refused" as const, requestId: cast.requestId };
  return transact(ctx, { ...refused, body: { vote: cast.vote } }, (tx) => voteIn(tx, ctx, cast));
}

/** The same inside a transaction. */
export async function voteIn(tx: Transaction, ctx: Ctx<StaffActor>, cast: Cast): Promise<Decided> {
  if (!has(ctx.actor, "manager") && !has(ctx.actor, "compliance"))
    refuse("not_approver", "Only managers decide on requests, and compliance where it is wanted.");
  const { request, at } = await lockRequest(tx, cast.requestId);
  await refuseVoter(tx, ctx, request, cast.vote);
  if (statusAt(request, at) === "lapsed")
    refuse("lapsed", "The request has lapsed: nobody decided in time.");
  if (request.status !== "pending") await refuseDecided(tx, ctx, request);
  if (!request.askHash.equals(Buffer.from(cast.ask, "hex")))
    refuse("conflict", "This is not the request that you were shown. Read it again.");

  const policy = await currentPolicy(tx);
  const { sensitiveApproval, acr } = policy.freshSignIn;
  if (cast.vote === "approve" && request.sensitiveBecause.length > 0)
    requireFresh(ctx, at, sensitiveApproval, acr);
  const comment = cast.comment || null;
  const minutes =
    cast.vote === "approve" ? Math.min(cast.minutes ?? request.minutes, request.minutes) : null;
  const entryId = await recordAudit(tx, ctx, {
    event: cast.vote === "approve" ? "request.approved" : "request.denied",
    ...about(request),
    body: {
      what: sentence(request, cast.vote, minutes, comment),
      vote: cast.vote,
      minutes,
      comment,
      asked_by: request.actorName,
      subject: request.subjectName,
      account: request.accountName,
      policy: policy.version,
    },
  });
  await tx.insert(approvals).values({
    id: newId(),
    requestId: request.id,
    approverId: ctx.actor.id,
    vote: cast.vote,
    minutes,
    comment,
    askHash: request.askHash,
    policyVersion: policy.version,
    entryId,
    signInId: ctx.actor.via ? null : ctx.actor.signInId || null,
  });
  if (cast.vote === "deny") {
    await tx
      .update(requests)
      .set({ status: "denied", closedAt: at, closedEntryId: entryId })
      .where(eq(requests.id, request.id));
    return { requestId: request.id, number: request.number, status: "denied", minutes: null };
  }
  const [voted] = await votes(tx, request.id);
  if (!voted?.isMet)
    return { requestId: request.id, number: request.number, status: "pending", minutes };
  const granted = leastMinutes(
    request.minutes,
    [voted.minutes ?? request.minutes],
    policy.maxMinutes,
  );
  await tx
    .update(requests)
    .set({
      status: "granted",
      grantedAt: at,
      startBy: startBy(at, policy),
      grantedMinutes: granted,
      grantedEntryId: entryId,
    })
    .where(eq(requests.id, request.id));
  return { requestId: request.id, number: request.number, status: "granted", minutes: granted };
}

/** Whether the votes so far are what the request wants, and the least minutes of them. */
const votes = preparedStatement<{ isMet: boolean; minutes: number | null }>(
  "votes_so_far",
  `select votes_meet(r, requirements_of(r)) as "isMet",
     (select min(minutes) from approvals where request_id = r.id and vote = 'approve') as minutes
   from requests r where r.id = $1`,
);

const voter = preparedStatement<{ refusal: string | null; isWanted: boolean }>(
  "voter",
  `select voter_refusal($1, r.actor_id, r.created_at) as refusal, may_decide($1, r) as "isWanted"
   from requests r where r.id = $2`,
);

/** Says why this person's vote would not count; the schema refuses it all the same. */
async function refuseVoter(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  request: LockedRequest,
  vote: Vote,
): Promise<void> {
  if (request.actorId === ctx.actor.id)
    refuse("own_request", "You cannot decide on your own request. Another manager can.");
  const wanted = request.requirements.map(({ by }) => by);
  if (!has(ctx.actor, "manager") && !wanted.includes("compliance"))
    refuse("not_approver", "Managers decide on this request: no rule wants a vote of compliance.");
  const [found] = await voter(tx, ctx.actor.id, request.id);
  if (found?.refusal === "own_request")
    refuse("own_request", "The request is your own, by another account. Somebody else decides.");
  if (found?.refusal === "reports_to_actor")
    refuse(
      "reports_to_actor",
      `You report to ${request.actorName}, or did when it was asked, so you cannot decide.`,
    );
  if (vote === "approve" && request.requirements.length > 0 && !found?.isWanted)
    refuse(
      "not_approver",
      `Your approval would not count: this wants ${wantedWords(request.requirements)}, who held the role when it was asked. You can still deny it.`,
    );
}

function sentence(
  request: LockedRequest,
  vote: Vote,
  minutes: number | null,
  comment: string | null,
) {
  const which = `${requestNumber(request.number)} of ${request.actorName}`;
  if (vote === "deny") return `${which}: “${comment}”`;
  return minutes !== null && minutes < request.minutes
    ? `${which}, shortened from ${request.minutes} to ${minutes} min`
    : `${which}, ${minutes} min`;
}

/** Tells the loser of a race who won it, and that their own vote is not recorded. */
async function refuseDecided(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  request: LockedRequest,
): Promise<never> {
  const [winner] = await tx
    .select({ id: staff.id, name: staff.name, vote: approvals.vote, comment: approvals.comment })
    .from(approvals)
    .innerJoin(staff, eq(staff.id, approvals.approverId))
    .where(eq(approvals.requestId, request.id))
    .limit(1);
  if (request.status === "cancelled")
    refuse(
      "already_decided",
      `${request.actorName} cancelled the request before you decided. Nothing was recorded.`,
    );
  if (!winner)
    refuse("already_decided", "The request was closed before you decided. Nothing was recorded.");
  if (winner.id === ctx.actor.id) refuse("already_decided", "You have decided on this already.");
  const how = winner.vote === "deny" ? `denied it: “${winner.comment}”` : "approved it";
  refuse(
    "already_decided",
    `${winner.name} decided before you and ${how}. Your decision was not recorded.`,
  );
}
