import { eq } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import { sessionReviews } from "#db/schema/session-reviews.ts";
import { staff } from "#db/schema/staff.ts";
import { type Entry, recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import { type LockedSession, lockSession } from "#lib/impersonation/lock.ts";
import { reviewRefusalOf } from "#lib/impersonation/session-review.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId, sessionNumber } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { may } from "#lib/staff/rights.ts";
import type { SessionVerdict } from "#lib/vocabulary.ts";
import { lookCloser } from "./detectors/look-closer.ts";
import { found } from "./items.ts";
import { raiseNew } from "./raise.ts";
import type { ReviewSessionInput } from "./schemas.ts";

export type Reviewed = { sessionId: string; verdict: SessionVerdict; finding: number | null };

/**
 * Who approved a session, or could have, says once it has ended whether it was as expected; to look closer raises a
 * finding. Once; never the actor, nor who reports to them. Refuses with `not_allowed`, `not_found`, `own_record`,
 * `reports_to_actor`, `conflict` while it lives, or `already_decided`.
 */
export const reviewSession = (
  ctx: Ctx<StaffActor>,
  input: ReviewSessionInput,
): Promise<Result<Reviewed>> =>
  transact(
    ctx,
    {
      event: "session.review_refused",
      sessionId: input.sessionId,
      body: { verdict: input.verdict },
    },
    async (tx) => {
      if (!may(ctx.actor, "review_sessions"))
        refuse("not_allowed", "Only who approved it, or could have, reviews a session.");
      const locked = await lockSession(tx, input.sessionId, "share");
      if (!locked) refuse("not_found", "Nothing here that you may see.");
      const { session } = locked;
      const refused = await reviewRefusalOf(tx, ctx.actor.id, session.id);
      if (refused) refuse(refused.code, refused.message);
      await refuseReviewed(tx, session.id, ctx.actor.id);

      const comment = input.comment || null;
      const entryId = await recordAudit(tx, ctx, reviewedEntry(session, input.verdict, comment));
      await tx.insert(sessionReviews).values({
        id: newId(),
        sessionId: session.id,
        reviewerId: ctx.actor.id,
        verdict: input.verdict,
        comment,
        entryId,
      });
      const finding =
        input.verdict === "look_closer" && comment
          ? await raiseCloser(tx, ctx, session, comment)
          : null;
      return { sessionId: session.id, verdict: input.verdict, finding };
    },
  );

type ReviewedSession = Pick<
  LockedSession,
  | "id"
  | "number"
  | "requestId"
  | "actorId"
  | "actorName"
  | "subjectId"
  | "subjectName"
  | "accountId"
  | "accountName"
  | "ticket"
  | "reasonCategory"
>;

/** The entry of a verdict; it is its reviewer's. */
export function reviewedEntry(
  session: ReviewedSession,
  verdict: SessionVerdict,
  comment: string | null,
): Entry {
  const number = sessionNumber(session.number);
  const said = verdict === "look_closer" ? "look closer" : "as expected";
  return {
    event: "session.reviewed",
    accountId: session.accountId,
    subjectId: session.subjectId,
    sessionId: session.id,
    requestId: session.requestId,
    body: {
      what: `${number}, ${session.actorName} as ${session.subjectName}: ${said}${comment ? `: “${comment}”` : ""}`,
      verdict,
      comment,
      number,
      actor: session.actorName,
      actor_id: session.actorId,
      subject: session.subjectName,
      account: session.accountName,
    },
    index: { ticket: session.ticket, reasonCategory: session.reasonCategory },
  };
}

async function refuseReviewed(tx: Transaction, sessionId: string, reviewerId: string) {
  const [before] = await tx
    .select({ id: staff.id, name: staff.name })
    .from(sessionReviews)
    .innerJoin(staff, eq(staff.id, sessionReviews.reviewerId))
    .where(eq(sessionReviews.sessionId, sessionId));
  if (!before) return;
  refuse(
    "already_decided",
    before.id === reviewerId
      ? "You have reviewed this session already."
      : `${before.name} reviewed this session before you. Yours was not recorded.`,
  );
}

async function raiseCloser(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  session: LockedSession,
  comment: string,
): Promise<number> {
  const { findings } = await currentPolicy(tx);
  const [actor] = await selectActor(tx, session.actorId);
  const about = {
    zone: actor?.zone ?? "UTC",
    name: session.actorName,
    dueDays: findings.dueDays,
  };
  const item = {
    id: session.id,
    of: "session" as const,
    at: session.startedAt.toISOString(),
    number: session.number,
    agent: null,
    subjectId: session.subjectId,
    subject: session.subjectName,
    accountId: session.accountId,
    account: session.accountName,
    explained: false,
    note: `looked at afterwards by ${ctx.actor.name}`,
    count: 1,
  };
  const { actorId, subjectId, accountId } = session;
  return raiseNew(
    tx,
    ctx,
    lookCloser,
    found({ detector: "look_closer", actorId, subjectId, accountId }, [item], {
      reviewer: ctx.actor.name,
      comment,
    }),
    about,
  );
}

const selectActor = preparedStatement<{ zone: string }>(
  "look_closer_actor",
  "select zone from staff where id = $1",
);
