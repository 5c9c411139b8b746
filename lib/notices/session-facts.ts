import { eq, inArray } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { sessionReviews } from "#db/schema/session-reviews.ts";
import { staff } from "#db/schema/staff.ts";

/** What somebody said of sessions afterwards. */
export const readVerdicts = async (db: Reader, sessionIds: readonly string[]) => {
  if (sessionIds.length === 0) return new Map<string, never>();
  const rows = await db
    .select({
      id: sessionReviews.sessionId,
      verdict: sessionReviews.verdict,
      by: staff.name,
    })
    .from(sessionReviews)
    .innerJoin(staff, eq(staff.id, sessionReviews.reviewerId))
    .where(inArray(sessionReviews.sessionId, [...sessionIds]));
  return new Map(rows.map(({ id, ...said }) => [id, said]));
};
