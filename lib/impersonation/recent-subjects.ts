import { desc, eq, sql } from "drizzle-orm";
import { readAtOnce } from "#db/at-once.ts";
import { preparedSelect } from "#db/prepared.ts";
import { accounts, subjects } from "#db/schema/directory.ts";
import { actions, sessions } from "#db/schema/impersonation.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { scopeNow } from "./scope-now.ts";

const select = preparedSelect(
  "recent_subjects",
  {
    sessionId: sessions.id,
    requestId: sessions.requestId,
    scope: scopeNow,
    startedAt: sessions.startedAt,
    endedAt: sessions.endedAt,
    writes: sql<number>`(select count(*)::integer from ${actions} a
      where a.session_id = ${sessions.id} and a.phase = 'attempt')`,
    id: subjects.id,
    externalId: subjects.externalId,
    name: subjects.name,
    lang: subjects.lang,
    accountName: accounts.name,
    tier: accounts.tier,
  },
  (builder, columns) =>
    builder
      .select(columns)
      .from(sessions)
      .innerJoin(subjects, eq(subjects.id, sessions.subjectId))
      .innerJoin(accounts, eq(accounts.id, sessions.accountId))
      .where(eq(sessions.actorId, sql.placeholder("actorId")))
      .orderBy(desc(sessions.startedAt), desc(sessions.id))
      .limit(50),
);

/** The people whom this actor stood in for last, each once, newest first. Reads the last 50 sessions. */
export async function readRecentSubjects(ctx: Ctx<StaffActor>, limit = 6) {
  const rows = await readAtOnce(ctx, select.part({ actorId: ctx.actor.id }));
  const seen = new Set<string>();
  return rows
    .filter(({ id }) => !seen.has(id) && seen.add(id))
    .slice(0, limit)
    .map(({ id, externalId, name, lang, accountName, tier, ...session }) => ({
      ...session,
      subject: { id, externalId, name, lang },
      account: { name: accountName, tier },
    }));
}
