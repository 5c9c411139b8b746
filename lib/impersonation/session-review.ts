import { eq, inArray, type Placeholder, type SQL, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import { sessions } from "#db/schema/impersonation.ts";
import { sessionReviews, sessionReviewsDue } from "#db/schema/session-reviews.ts";
import { staff } from "#db/schema/staff.ts";
import { guaranteeRefusal } from "#lib/kernel/database-refusals.ts";
import type { Refusal } from "#lib/kernel/result.ts";
import { readDoneIn } from "./done-in.ts";

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

/**
 * Of the row `d` of what is to be looked at: whether this reader was asked; or nobody was who is still there, and they may.
 */
export const isForReader = (
  readerId: string | Placeholder,
): SQL => sql`(d.asked @> array[${readerId}::uuid]
  or not exists (select from staff p where p.id = any (d.asked) and p.status = 'active')
    and coalesce(session_review_refusal(${readerId}::uuid, d.session_id), '') in ('', 'session_review_live'))`;

/** Whether it is for this reader to look at a session, whatever team its actor is of. */
export const askedToReview = (readerId: string): SQL =>
  sql`exists (select from session_reviews_due d where d.session_id = ${sessions.id} and ${isForReader(readerId)})`;

/** What was said of a session, or whom it waits for and what was done in it; null where nobody is to look at it. */
export async function readSessionReview(db: Reader, sessionId: string, readerId: string) {
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
  const asked =
    due && due.asked.length > 0
      ? await db
          .select({ id: staff.id, name: staff.name })
          .from(staff)
          .where(inArray(staff.id, due.asked))
          .orderBy(staff.name)
      : [];
  return {
    asked,
    dueAt: due?.dueAt ?? null,
    said: said ?? null,
    done: await readDoneIn(db, sessionId),
    refusal: said ? null : await reviewRefusalOf(db, readerId, sessionId),
  };
}
export type SessionReview = NonNullable<Awaited<ReturnType<typeof readSessionReview>>>;
