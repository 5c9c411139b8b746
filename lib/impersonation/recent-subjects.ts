import { desc, eq, sql } from "drizzle-orm";
import { accounts, subjects } from "#db/schema/directory.ts";
import { actions, sessions } from "#db/schema/impersonation.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";

/** The people whom this actor stood in for last, each once, newest first. Reads the last 50 sessions. */
export async function readRecentSubjects(ctx: Ctx<StaffActor>, limit = 6) {
  const rows = await ctx.db
    .select({
      sessionId: sessions.id,
      scope: sessions.scope,
      startedAt: sessions.startedAt,
      endedAt: sessions.endedAt,
      writes:
        sql<number>`(select count(*) from ${actions} a where a.session_id = ${sessions.id} and a.phase = 'attempt')`.mapWith(
          Number,
        ),
      subject: {
        id: subjects.id,
        externalId: subjects.externalId,
        name: subjects.name,
        lang: subjects.lang,
      },
      account: { name: accounts.name, tier: accounts.tier },
    })
    .from(sessions)
    .innerJoin(subjects, eq(subjects.id, sessions.subjectId))
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .where(eq(sessions.actorId, ctx.actor.id))
    .orderBy(desc(sessions.startedAt), desc(sessions.id))
    .limit(50);
  const seen = new Set<string>();
  return rows
    .filter((row) => !seen.has(row.subject.id) && seen.add(row.subject.id))
    .slice(0, limit);
}
