import { eq, sql } from "drizzle-orm";
import { sessions } from "#db/schema/impersonation.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { Actor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { endIfDue } from "./end.ts";
import { about, dueCause, type LockedSession, lockSession } from "./lock.ts";

export type Narrowed = { sessionId: string; number: number };

/**
 * From acting to looking, at once and without a question: the same session, of which the rest is for looking only. Its
 * actor does it, or the product that shows it, for them. Nothing is started, so its time and its approvals stay what they
 * are. Idempotent. Refuses with `not_found`, or `ended` where it is over by then; one that is due is written down as ended.
 */
export async function narrow(ctx: Ctx, input: { sessionId: string }): Promise<Result<Narrowed>> {
  const { sessionId } = input;
  const narrowed = await transact(
    ctx,
    { event: "session.narrow_refused", sessionId },
    async (tx) => {
      const locked = await lockSession(tx, sessionId, "update");
      if (!locked || !isTheirs(ctx.actor, locked.session))
        refuse("not_found", "Nothing here that you may change.");
      const { session, at } = locked;
      if (session.endedAt || dueCause(session, at))
        refuse("ended", "The session has ended, so there is nothing to look at any more.");
      if (session.scope === "write") {
        const narrowedEntryId = await recordAudit(tx, ctx, {
          event: "session.narrowed",
          ...about(session),
          body: {
            what: "Looking only from here: acting is over",
            actor: session.actorName,
            subject: session.subjectName,
            account: session.accountName,
          },
          index: { ticket: session.ticket, reasonCategory: session.reasonCategory },
        });
        await tx
          .update(sessions)
          .set({
            narrowedAt: at,
            narrowedEntryId,
            lastActiveAt: sql`clock_timestamp()`,
          })
          .where(eq(sessions.id, session.id));
      }
      return { sessionId, number: session.number };
    },
  );
  if (!narrowed.ok && narrowed.error.code === "ended") await endIfDue(ctx, sessionId);
  return narrowed;
}

function isTheirs(actor: Actor, session: LockedSession): boolean {
  switch (actor.kind) {
    case "staff":
      return actor.id === session.actorId;
    case "product":
      return actor.id === session.productId;
    case "system":
    case "guest":
    case "anonymous":
      return false;
  }
}
