import { eq } from "drizzle-orm";
import type { Reader, Transaction } from "#db/client.ts";
import { type Change, noteChange, tellChanges } from "#db/committed.ts";
import { preparedStatement } from "#db/prepared.ts";
import { approvals } from "#db/schema/impersonation.ts";
import { staff } from "#db/schema/staff.ts";
import { insertEntries } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import { has, type StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { refusalOf } from "#lib/kernel/database-refusals.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { type Policy, policyOf } from "#lib/policy/policy.ts";
import type { RequestStatus, Vote } from "#lib/vocabulary.ts";
import { lockRequest } from "./lock.ts";
import {
  type MetByVote,
  prepareVote,
  readForVote,
  readMet,
  refuseByRole,
  refuseLapsed,
  refuseVoter,
} from "./prepare-vote.ts";
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

const vote = async (ctx: Ctx<StaffActor>, cast: Cast): Promise<Result<Decided>> =>
  (await voteAtOnce(ctx, cast)) ?? voteByTurns(ctx, cast);

function voteByTurns(ctx: Ctx<StaffActor>, cast: Cast): Promise<Result<Decided>> {
  const refused = { event: "vote.refused" as const, requestId: cast.requestId };
  return transact(ctx, { ...refused, body: { vote: cast.vote } }, (tx) => voteIn(tx, ctx, cast));
}

/**
 * What nearly every vote is: on a request that waits, by who may. It is read first and written by one statement, whose
 * guards hold the request and its people still and ask all of it again. Null, and nothing is written, where anything is
 * not so: it is then for `voteByTurns` to do or to refuse.
 */
async function voteAtOnce(ctx: Ctx<StaffActor>, cast: Cast): Promise<Result<Decided> | null> {
  const request = await readMet(ctx.db, cast.requestId);
  if (request?.status !== "pending") return null;
  try {
    refuseByRole(ctx, request);
    const policy = await policyOf(ctx.db, request.inForce);
    const decided = await castIn(ctx.db, ctx, cast, request, policy);
    tellChanges([changeOf(cast)]);
    return ok(decided);
  } catch (error) {
    if (refusalOf(error)) return null;
    throw error;
  }
}

/** The same inside a transaction. */
export async function voteIn(tx: Transaction, ctx: Ctx<StaffActor>, cast: Cast): Promise<Decided> {
  if (!has(ctx.actor, "manager") && !has(ctx.actor, "compliance"))
    refuse("not_approver", "Only managers decide on requests, and compliance where it is wanted.");
  await lockRequest(tx, cast.requestId);
  // Read only now: whoever decided while we waited counts.
  const [request] = await readForVote(tx, { id: cast.requestId, voter: ctx.actor.id });
  if (!request) refuse("not_found", "Nothing here that you may see.");
  refuseVoter(ctx, request, cast.vote);
  refuseLapsed(request, new Date(request.at));
  if (request.status !== "pending") await refuseDecided(tx, ctx, request);
  const decided = await castIn(tx, ctx, cast, request, await policyOf(tx, request.inForce));
  noteChange(tx, changeOf(cast));
  return decided;
}

const changeOf = ({ requestId }: Cast): Change => ({ kind: "work", requestId, sessionId: null });

async function castIn(
  db: Reader,
  ctx: Ctx<StaffActor>,
  cast: Cast,
  request: MetByVote,
  policy: Policy,
): Promise<Decided> {
  const { entry, row } = prepareVote(ctx, cast, request, policy, new Date(request.at));
  const [stored] = await store(
    db,
    JSON.stringify([entry]),
    JSON.stringify(row),
    policy.startWithinMinutes,
    policy.maxMinutes,
  );
  if (!stored) throw new Error("The vote was not stored");
  return {
    requestId: request.id,
    number: request.number,
    status: stored.outcome,
    minutes: stored.granted_for,
  };
}

/** Whether a change has its entry is asked at the commit, so the order of the two is free. */
const store = preparedStatement<{ outcome: RequestStatus; granted_for: number | null }>(
  "vote_cast",
  `with ${insertEntries}, written as (select count(*) from payload)
   select c.outcome, c.granted_for from written, cast_vote($2::json, $3, $4) c`,
);

/** Tells the loser of a race who won it, and that their own vote is not recorded. */
async function refuseDecided(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  request: MetByVote,
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
