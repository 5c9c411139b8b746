import { sql } from "drizzle-orm";
import { check, index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { sessionVerdicts } from "#lib/vocabulary.ts";
import { oneOf } from "./checks.ts";
import { at } from "./columns.ts";
import { sessions } from "./impersonation.ts";
import { person } from "./staff.ts";

/**
 * Sessions that somebody other than the actor looks at afterwards: sensitive ones, those for acting, and from its start
 * each break-glass. Triggers alone make the rows, so that no end and no break-glass escapes; the worker tells whom it is
 * for, once, and again when it is late.
 */
export const sessionReviewsDue = pgTable(
  "session_reviews_due",
  {
    sessionId: uuid("session_id")
      .primaryKey()
      .references(() => sessions.id),
    /** Whom the line goes to: who approved, else the actor's manager; of a break-glass all who could have. Empty: any manager. */
    asked: uuid("asked").array().notNull(),
    since: at("since").notNull().default(sql`clock_timestamp()`),
    /** Of a break-glass: until when, by the policy of its start; null: whenever they come to it. */
    dueAt: at("due_at"),
    /** `break_glass.used`, which told everybody at the start. */
    usedEntryId: uuid("used_entry_id"),
    /** `session.review_due`, with what was done, once it had ended. */
    toldEntryId: uuid("told_entry_id"),
    /** The same once more, when it was late. */
    lateEntryId: uuid("late_entry_id"),
    /** Set by the review's trigger. */
    reviewedAt: at("reviewed_at"),
  },
  (t) => [
    // What waits, newest first; what has still to be told.
    index("session_reviews_due_open").on(t.since, t.sessionId).where(sql`${t.reviewedAt} is null`),
    index("session_reviews_due_untold")
      .on(t.sessionId)
      .where(sql`${t.toldEntryId} is null and ${t.reviewedAt} is null`),
    index("session_reviews_due_late")
      .on(t.dueAt)
      .where(sql`${t.reviewedAt} is null and ${t.lateEntryId} is null and ${t.dueAt} is not null`),
    // What waits for the reader, or for somebody who has left.
    index("session_reviews_due_waits").using("gin", t.asked).where(sql`${t.reviewedAt} is null`),
    // What nobody was asked about, newest first.
    index("session_reviews_due_unasked")
      .on(t.since, t.sessionId)
      .where(sql`${t.reviewedAt} is null and ${t.asked} = '{}'`),
    check("session_reviews_due_glass", sql`(${t.usedEntryId} is null) = (${t.dueAt} is null)`),
  ],
);

/** What somebody says of a session that has ended: once, never the actor, never changed. */
export const sessionReviews = pgTable(
  "session_reviews",
  {
    id: uuid("id").primaryKey(),
    sessionId: uuid("session_id")
      .notNull()
      .references(() => sessions.id),
    reviewerId: person("reviewer_id").notNull(),
    verdict: text("verdict", { enum: sessionVerdicts }).notNull(),
    comment: text("comment"),
    reviewedAt: at("reviewed_at").notNull().default(sql`clock_timestamp()`),
    entryId: uuid("entry_id").notNull(),
  },
  (t) => [
    unique("session_reviews_once").on(t.sessionId),
    unique("session_reviews_own_entry").on(t.entryId),
    index("session_reviews_by").on(t.reviewerId, t.reviewedAt),
    oneOf("session_reviews_verdict", t.verdict, sessionVerdicts),
    check(
      "session_reviews_closer_says_why",
      sql`char_length(trim(coalesce(${t.comment}, ''))) between case when ${t.verdict} = 'look_closer' then 10 else 0 end and 2000`,
    ),
  ],
);
