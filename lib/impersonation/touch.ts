import { and, eq, isNull, lt, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { sessions } from "#db/schema/impersonation.ts";
import { refusalOf } from "#lib/kernel/database-refusals.ts";

/** Whether there is use to note; asked first, so that most questions about a session write nothing. */
export const isUseDue = ({ lastActiveAt }: { lastActiveAt: Date }, at: Date): boolean =>
  at.getTime() - lastActiveAt.getTime() > 15_000;

/**
 * Notes that a session is in use, at most every 15 s, so that reading does not become writing. Use is what a person
 * does, not state: it has no entry of its own (the actions have).
 */
export async function touch(db: Database, sessionId: string): Promise<void> {
  try {
    await db
      .update(sessions)
      .set({ lastActiveAt: sql`clock_timestamp()` })
      .where(
        and(
          eq(sessions.id, sessionId),
          isNull(sessions.endedAt),
          lt(sessions.lastActiveAt, sql`clock_timestamp() - interval '15 seconds'`),
        ),
      );
  } catch (error) {
    // It ended between the question and this note: the next question says so.
    if (!refusalOf(error)) throw error;
  }
}
