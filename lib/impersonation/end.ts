import { count, eq, sql } from "drizzle-orm";
import { type Transaction, transaction } from "#db/client.ts";
import { actions, sessions } from "#db/schema/impersonation.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import { type Actor, actorName, has } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import type { EndCause } from "#lib/vocabulary.ts";
import { askAnew, holdForAsk } from "./ask-anew.ts";
import { about, dueCause, type LockedSession, lockSession, readSession } from "./lock.ts";
import { endSentence } from "./rules.ts";
import type { EndInput } from "./schemas.ts";

export type Ended = { sessionId: string; number: number; cause: EndCause; returnPath: string };

/**
 * Ends a session at once: its next write is refused, its next read within 5 s. The actor ends their own, a manager
 * or an admin any, with the reason; a product those it shows. A session that time has ended is written down as that.
 * Refuses with `not_found`, or `ended` when somebody was first.
 */
export const end = (ctx: Ctx, input: EndInput): Promise<Result<Ended>> =>
  transact(ctx, { event: "session.end_refused", sessionId: input.sessionId }, async (tx) => {
    const locked = await lockSession(tx, input.sessionId, "update");
    if (!locked) refuse("not_found", "Nothing here that you may end.");
    const { session, at } = locked;
    const asked = causeFor(ctx.actor, session, input);
    if (!asked) refuse("not_found", "Nothing here that you may end.");
    if (session.endedAt) refuse("ended", "The session had ended before.");
    if ((asked === "manager" || asked === "admin") && !input.comment)
      refuse("invalid", "One answer needs another look.", {
        fields: { comment: `Say why you end ${session.actorName}’s session. They see it at once.` },
      });
    return endIn(tx, ctx, session, dueCause(session, at) ?? asked, input.comment || null);
  });

function causeFor(actor: Actor, session: LockedSession, input: EndInput): EndCause | null {
  switch (actor.kind) {
    case "staff":
      if (actor.id === session.actorId) return "actor";
      if (has(actor, "admin")) return "admin";
      return has(actor, "manager") ? "manager" : null;
    case "product":
      return actor.id === session.productId ? (input.by ?? "product") : null;
    case "system":
    case "guest":
    case "anonymous":
      return null;
  }
}

/** Writes an ending down, the row being locked for update. Cause, time and what was done go into its entry. */
export async function endIn(
  tx: Transaction,
  ctx: Ctx,
  session: LockedSession,
  cause: EndCause,
  said: string | null,
): Promise<Ended> {
  const anew = cause === "account_stricter" ? await askAnew(tx, ctx, session) : null;
  const comment = anew ? `${anew} asks for it anew: only the approval is missing` : said;
  const [done] = await tx
    .select({
      reads: count(sql`case when ${actions.phase} = 'view' then 1 end`),
      writes: count(sql`case when ${actions.phase} = 'attempt' then 1 end`),
      refusals: count(sql`case when ${actions.phase} = 'refused' then 1 end`),
    })
    .from(actions)
    .where(eq(actions.sessionId, session.id));
  const [time] = await tx
    .select({
      seconds: sql<number>`extract(epoch from least(clock_timestamp(), ${sessions.expiresAt}) - ${sessions.startedAt})::integer`,
    })
    .from(sessions)
    .where(eq(sessions.id, session.id));
  const byStaff = cause === "manager" || cause === "admin" || cause === "actor";
  const by = {
    name: actorName(ctx.actor),
    comment,
    minutes: session.minutes,
    idleMinutes: session.idleMinutes,
  };
  const endedEntryId = await recordAudit(tx, ctx, {
    event: "session.ended",
    ...about(session),
    body: {
      what: endSentence(cause, by),
      cause,
      comment,
      seconds: time?.seconds ?? 0,
      minutes: session.minutes,
      reads: done?.reads ?? 0,
      writes: done?.writes ?? 0,
      refusals: done?.refusals ?? 0,
      actor: session.actorName,
      subject: session.subjectName,
      account: session.accountName,
    },
    index: { ticket: session.ticket, reasonCategory: session.reasonCategory },
  });
  await tx
    .update(sessions)
    .set({
      endedAt: sql`clock_timestamp()`,
      endCause: cause,
      endedBy: byStaff && ctx.actor.kind === "staff" ? ctx.actor.id : null,
      endComment: comment,
      endedEntryId,
    })
    .where(eq(sessions.id, session.id));
  return { sessionId: session.id, number: session.number, cause, returnPath: session.returnPath };
}

/** Writes down the end of a session that is over by time or by policy; null when it lives or had ended. */
export const endIfDue = (ctx: Ctx, sessionId: string): Promise<EndCause | null> =>
  transaction(ctx.db, (tx) => endIfDueIn(tx, ctx, sessionId));

export async function endIfDueIn(
  tx: Transaction,
  ctx: Ctx,
  sessionId: string,
): Promise<EndCause | null> {
  const seen = await readSession(tx, sessionId);
  if (seen && dueCause(seen.session, seen.at)) await holdForAsk(tx, seen.session);
  const locked = await lockSession(tx, sessionId, "update");
  const cause = locked && dueCause(locked.session, locked.at);
  if (!locked || !cause) return null;
  await endIn(tx, asSystem(ctx), locked.session, cause, null);
  return cause;
}

export const asSystem = (ctx: Ctx): Ctx => ({ ...ctx, actor: { kind: "system", part: "policy" } });
