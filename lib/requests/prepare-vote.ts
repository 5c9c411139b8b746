import { eq, type SQL, sql } from "drizzle-orm";
import type { QueryBuilder, SelectedFields } from "drizzle-orm/pg-core";
import { preparedSelect } from "#db/prepared.ts";
import { accounts, subjects } from "#db/schema/directory.ts";
import { requests } from "#db/schema/impersonation.ts";
import { staff } from "#db/schema/staff.ts";
import { together } from "#db/together.ts";
import { entryRow } from "#lib/audit/record.ts";
import { has, type StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId, requestNumber } from "#lib/kernel/ids.ts";
import { refuse } from "#lib/kernel/result.ts";
import { type Policy, policyInForceSql } from "#lib/policy/policy.ts";
import { wantedWords } from "#lib/policy/requirement-words.ts";
import { requireFresh } from "#lib/staff/fresh.ts";
import type { Vote } from "#lib/vocabulary.ts";
import { about, requestColumns } from "./lock.ts";
import { statusAt } from "./rules.ts";
import type { Cast } from "./vote.ts";

const voter = sql.placeholder("voter");
const {
  id,
  number,
  actorId,
  actorName,
  subjectId,
  subjectName,
  accountId,
  accountName,
  minutes,
  ticket,
  reasonCategory,
  status,
  askHash,
  requirements,
  lapsesAt,
  startBy,
} = requestColumns;
/** What a vote and its entry are made of, with the policy and the time. */
const metColumns = {
  id,
  number,
  actorId,
  actorName,
  subjectId,
  subjectName,
  accountId,
  accountName,
  minutes,
  ticket,
  reasonCategory,
  status,
  askHash,
  /** By what was asked, or by who it is about at this moment. */
  sensitive: sql<boolean>`${requests.sensitive} or cardinality(subject_sensitivity(${requests.subjectId})) > 0`,
  requirements,
  lapsesAt,
  startBy,
  inForce: policyInForceSql,
  at: sql<string>`clock_timestamp()`,
};

const ofRequests = (builder: QueryBuilder, columns: SelectedFields, where: SQL) =>
  builder
    .select(columns)
    .from(requests)
    .innerJoin(staff, eq(staff.id, requests.actorId))
    .innerJoin(subjects, eq(subjects.id, requests.subjectId))
    .innerJoin(accounts, eq(accounts.id, requests.accountId))
    .where(where);

const readAllMet = preparedSelect("requests_met_by_votes", metColumns, (builder, columns) =>
  ofRequests(builder, columns, sql`${requests.id} = any(${sql.placeholder("ids")}::uuid[])`),
);
export type MetByVote = Awaited<ReturnType<typeof readAllMet>>[number];

/** A request as a vote meets it, null where there is none; for all who vote at the same moment in one. Locks nothing. */
export const readMet = together(
  (id: string) => id,
  async (db, ids) =>
    new Map((await readAllMet(db, { ids })).map((request) => [request.id, request])),
);

/** The same with how the voter stands to it, to refuse in words what the guard of votes refuses without. */
export const readForVote = preparedSelect(
  "request_for_vote",
  {
    ...metColumns,
    refusal: sql<
      string | null
    >`voter_refusal(${voter}, ${requests.actorId}, ${requests.createdAt})`,
    isWanted: sql<boolean>`may_decide(${voter}, ${requests})`,
  },
  (builder, columns) => ofRequests(builder, columns, eq(requests.id, sql.placeholder("id"))),
);
type ForVote = Awaited<ReturnType<typeof readForVote>>[number];

/** Refuses who decides on nothing here, by what the actor is; the schema asks it of every vote. */
export function refuseByRole({ actor }: Ctx<StaffActor>, request: MetByVote): void {
  if (request.actorId === actor.id)
    refuse("own_request", "You cannot decide on your own request. Another manager can.");
  const isOfCompliance = request.requirements.some(({ by }) => by === "compliance");
  if (!has(actor, "manager") && !isOfCompliance)
    refuse("not_approver", "Managers decide on this request: no rule wants a vote of compliance.");
}

/** Refuses who decides on nothing, or not on this; the schema asks all of it of every vote. */
export function refuseVoter(ctx: Ctx<StaffActor>, request: ForVote, vote: Vote): void {
  refuseByRole(ctx, request);
  if (request.refusal === "own_request")
    refuse("own_request", "The request is your own, by another account. Somebody else decides.");
  if (request.refusal === "reports_to_actor")
    refuse(
      "reports_to_actor",
      `You report to ${request.actorName}, or did when it was asked, so you cannot decide.`,
    );
  if (vote === "approve" && request.requirements.length > 0 && !request.isWanted)
    refuse(
      "not_approver",
      `Your approval would not count: this wants ${wantedWords(request.requirements)}, who held the role when it was asked. You can still deny it.`,
    );
}

export function refuseLapsed(request: MetByVote, at: Date): void {
  if (statusAt(request, at) === "lapsed")
    refuse("lapsed", "The request has lapsed: nobody decided in time.");
}

/** A vote and its entry, on a request that is pending; nothing is written. Refuses as `approve` and `deny` do. */
export function prepareVote(
  ctx: Ctx<StaffActor>,
  cast: Cast,
  request: MetByVote,
  policy: Policy,
  at: Date,
) {
  refuseLapsed(request, at);
  if (!request.askHash.equals(Buffer.from(cast.ask, "hex")))
    refuse("conflict", "This is not the request that you were shown. Read it again.");
  const { sensitiveApproval, acr } = policy.freshSignIn;
  if (cast.vote === "approve" && request.sensitive) requireFresh(ctx, at, sensitiveApproval, acr);
  const comment = cast.comment || null;
  const minutes =
    cast.vote === "approve" ? Math.min(cast.minutes ?? request.minutes, request.minutes) : null;
  const entry = entryRow(ctx, {
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
  const row = {
    id: newId(),
    request_id: request.id,
    approver_id: ctx.actor.id,
    vote: cast.vote,
    minutes,
    comment,
    ask_hash: `\\x${request.askHash.toString("hex")}`,
    policy_version: policy.version,
    entry_id: entry.id,
    // Who came by Slack has no sign-in.
    sign_in_id: ctx.actor.via ? null : ctx.actor.signInId || null,
  };
  return { entry, row };
}

function sentence(request: MetByVote, vote: Vote, minutes: number | null, comment: string | null) {
  const which = `${requestNumber(request.number)} of ${request.actorName}`;
  if (vote === "deny") return `${which}: “${comment}”`;
  return minutes !== null && minutes < request.minutes
    ? `${which}, shortened from ${request.minutes} to ${minutes} min`
    : `${which}, ${minutes} min`;
}
