import { and, eq, isNull, or } from "drizzle-orm";
import { accounts, subjects } from "#db/schema/directory.ts";
import { sessions } from "#db/schema/impersonation.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { may } from "#lib/staff/rights.ts";
import { askedToReview } from "./session-review.ts";
import { actor, sampledFor, visible } from "./session-view.ts";

/** As much of the session of this number as names it, for whoever may open its page (`readSessionPage`); null for others. */
export async function readSessionByNumber(ctx: Ctx<StaffActor>, number: number) {
  const past = visible(ctx, "read_audit");
  const live = visible(ctx, "see_live");
  const asked = may(ctx.actor, "review_sessions") ? askedToReview(ctx.actor.id) : undefined;
  // Without a condition everything is seen.
  const seen =
    past && or(past, sampledFor(ctx.actor.id), asked, and(isNull(sessions.endedAt), live));
  const [row] = await ctx.db
    .select({
      id: sessions.id,
      number: sessions.number,
      scope: sessions.scope,
      endedAt: sessions.endedAt,
      actor: actor.name,
      subject: subjects.name,
      account: accounts.name,
    })
    .from(sessions)
    .innerJoin(actor, eq(actor.id, sessions.actorId))
    .innerJoin(subjects, eq(subjects.id, sessions.subjectId))
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .where(and(eq(sessions.number, number), seen));
  return row ?? null;
}
