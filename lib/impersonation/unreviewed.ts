import { eq, sql } from "drizzle-orm";
import { clock } from "#db/client.ts";
import { subjects } from "#db/schema/directory.ts";
import { sessions } from "#db/schema/impersonation.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";

/** The reader's break-glass that nobody has reviewed yet, with the names of those who may; null where there is none. */
export async function readUnreviewed(ctx: Ctx<StaffActor>) {
  const [session] = await ctx.db
    .select({
      id: sessions.id,
      number: sessions.number,
      startedAt: sessions.startedAt,
      endedAt: sessions.endedAt,
      subject: subjects.name,
      asked: sql<
        string[]
      >`coalesce((select array_agg(p.name order by p.name) from session_reviews_due d
        join staff p on p.id = any (d.asked) where d.session_id = ${sessions.id}), '{}')`,
    })
    .from(sessions)
    .innerJoin(subjects, eq(subjects.id, sessions.subjectId))
    .where(sql`${sessions.id} = break_glass_unreviewed(${ctx.actor.id}::uuid)`);
  if (!session) return null;
  const { asked, ...rest } = session;
  return { session: rest, asked, at: await clock(ctx.db) };
}
export type Unreviewed = NonNullable<Awaited<ReturnType<typeof readUnreviewed>>>;
