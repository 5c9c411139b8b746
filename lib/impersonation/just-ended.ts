import { and, desc, eq, sql } from "drizzle-orm";
import { readAtOnce } from "#db/at-once.ts";
import { preparedSelect } from "#db/prepared.ts";
import { subjects } from "#db/schema/directory.ts";
import { sessions } from "#db/schema/impersonation.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";

const select = preparedSelect(
  "just_ended",
  {
    id: sessions.id,
    number: sessions.number,
    requestId: sessions.requestId,
    subjectId: sessions.subjectId,
    subject: subjects.name,
  },
  (builder, columns) =>
    builder
      .select(columns)
      .from(sessions)
      .innerJoin(subjects, eq(subjects.id, sessions.subjectId))
      .where(
        and(
          eq(sessions.actorId, sql.placeholder("actorId")),
          // No session lasts longer: so it is found among the last few.
          sql`${sessions.startedAt} > clock_timestamp() - interval '61 minutes'`,
          sql`${sessions.endedAt} > clock_timestamp() - interval '15 seconds'`,
          eq(sessions.endCause, "actor"),
        ),
      )
      .orderBy(desc(sessions.endedAt))
      .limit(1),
);

/**
 * The reader's own session that they ended a moment ago, wherever they did: by the strip, on another device, or by the
 * product's own button, from which no answer comes here. Null where there is none.
 */
export async function readJustEnded(ctx: Ctx<StaffActor>) {
  const [row] = await readAtOnce(ctx, select.part({ actorId: ctx.actor.id }));
  return row ?? null;
}
