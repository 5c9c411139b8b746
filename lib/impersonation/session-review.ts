import { eq } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import { sessionReviews, sessionReviewsDue } from "#db/schema/session-reviews.ts";
import { staff } from "#db/schema/staff.ts";
import { guaranteeRefusal } from "#lib/kernel/database-refusals.ts";
import type { Refusal } from "#lib/kernel/result.ts";

const select = preparedStatement<{ why: string | null }>(
  "session_review_refusal",
  "select session_review_refusal($1, $2) as why",
);

/** Why somebody may not review a session that there is; null where they may. The schema answers, and asks it again. */
export async function reviewRefusalOf(
  db: Reader,
  reviewerId: string,
  sessionId: string,
): Promise<Refusal | null> {
  const [row] = await select(db, reviewerId, sessionId);
  return row?.why ? guaranteeRefusal(row.why) : null;
}

/** What was said of a session, and whom it waits for; null where nobody is to look at it. */
export async function readSessionReview(db: Reader, sessionId: string) {
  const [due] = await db
    .select({ asked: sessionReviewsDue.asked, dueAt: sessionReviewsDue.dueAt })
    .from(sessionReviewsDue)
    .where(eq(sessionReviewsDue.sessionId, sessionId));
  const [said] = await db
    .select({
      verdict: sessionReviews.verdict,
      comment: sessionReviews.comment,
      at: sessionReviews.reviewedAt,
      by: { id: staff.id, name: staff.name },
    })
    .from(sessionReviews)
    .innerJoin(staff, eq(staff.id, sessionReviews.reviewerId))
    .where(eq(sessionReviews.sessionId, sessionId));
  if (!due && !said) return null;
  return { asked: due?.asked ?? [], dueAt: due?.dueAt ?? null, said: said ?? null };
}
