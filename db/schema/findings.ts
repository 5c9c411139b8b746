import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { detectors, findingStatuses, ticketStatuses } from "#lib/vocabulary.ts";
import { oneOf } from "./checks.ts";
import { at } from "./columns.ts";
import { sessions } from "./impersonation.ts";
import { person } from "./staff.ts";

export const findingNumbers = pgSequence("finding_numbers", { startWith: 201 });

/**
 * An unusual pattern that a person must look at: one for each pattern (`pattern` is unique), which grows while it is
 * open. Disposed of once, never by the actor.
 */
export const findings = pgTable(
  "findings",
  {
    id: uuid("id").primaryKey(),
    number: integer("number").notNull().unique().default(sql`nextval('finding_numbers')`),
    detector: text("detector", { enum: detectors }).notNull(),
    /** What makes it one: detector, people and span, so that the same raises no second. */
    pattern: text("pattern").notNull(),
    actorId: person("actor_id").notNull(),
    /** The approver, where the pattern is a pair. */
    otherId: person("other_id"),
    subjectId: uuid("subject_id"),
    accountId: uuid("account_id"),
    /** In words, with its numbers: "11 accounts on 14 Nov, 22:10–23:04; for 8 there was no ticket." */
    explanation: text("explanation").notNull(),
    /** What the words were made from, by the detector's own names. */
    evidence: jsonb("evidence").$type<Record<string, unknown>>().notNull(),
    raisedAt: at("raised_at").notNull().defaultNow(),
    /** When what it is about happened, first and last. */
    firstAt: at("first_at").notNull(),
    lastAt: at("last_at").notNull(),
    dueAt: at("due_at").notNull(),
    status: text("status", { enum: findingStatuses }).notNull().default("open"),
    askedAt: at("asked_at"),
    answeredAt: at("answered_at"),
    answer: text("answer"),
    note: text("note"),
    disposedBy: person("disposed_by"),
    disposedAt: at("disposed_at"),
    raisedEntryId: uuid("raised_entry_id").notNull(),
    /** Of the newest change while it is open: grown, asked, answered. */
    changedEntryId: uuid("changed_entry_id"),
    disposedEntryId: uuid("disposed_entry_id"),
  },
  (t) => [
    unique("findings_pattern").on(t.pattern),
    index("findings_newest").on(t.lastAt, t.id),
    index("findings_actor").on(t.actorId, t.lastAt, t.id),
    index("findings_raised").on(t.raisedAt, t.id),
    index("findings_disposed").on(t.disposedAt, t.id).where(sql`${t.disposedAt} is not null`),
    index("findings_open").on(t.dueAt, t.id).where(sql`${t.status} = 'open'`),
    // Whom to ask this evening.
    index("findings_asked")
      .on(t.raisedAt)
      .where(sql`${t.status} = 'open' and ${t.askedAt} is null`),
    index("findings_other").on(t.otherId).where(sql`${t.otherId} is not null`),
    oneOf("findings_detector", t.detector, detectors),
    oneOf("findings_status", t.status, findingStatuses),
    check("findings_not_by_the_actor", sql`${t.disposedBy} <> ${t.actorId}`),
    check(
      "findings_disposed",
      sql`(${t.status} = 'open') = (${t.disposedAt} is null) and (${t.disposedAt} is null) = (${t.disposedBy} is null) and (${t.disposedAt} is null) = (${t.note} is null) and (${t.disposedAt} is null) = (${t.disposedEntryId} is null)`,
    ),
    check("findings_answered", sql`(${t.answer} is null) = (${t.answeredAt} is null)`),
  ],
);

/** The sessions that a finding is about; they are in the reviewer's sample. */
export const findingSessions = pgTable(
  "finding_sessions",
  {
    findingId: uuid("finding_id")
      .notNull()
      .references(() => findings.id),
    sessionId: uuid("session_id")
      .notNull()
      .references(() => sessions.id),
  },
  (t) => [
    primaryKey({ name: "finding_sessions_pkey", columns: [t.findingId, t.sessionId] }),
    index("finding_sessions_session").on(t.sessionId),
  ],
);

/**
 * What tickets were before, until when: whether access was explained is asked of the moment when it began. Filled by a
 * trigger of `tickets`, append-only.
 */
export const ticketPast = pgTable(
  "ticket_past",
  {
    productId: uuid("product_id").notNull(),
    reference: text("reference").notNull(),
    accountId: uuid("account_id").notNull(),
    status: text("status", { enum: ticketStatuses }).notNull(),
    assigneeEmail: text("assignee_email"),
    until: at("until").notNull(),
  },
  (t) => [
    primaryKey({ name: "ticket_past_pkey", columns: [t.productId, t.reference, t.until] }),
    index("ticket_past_open_of")
      .on(t.accountId, sql`lower(${t.assigneeEmail})`, t.until)
      .where(sql`${t.status} = 'open'`),
    oneOf("ticket_past_status", t.status, ticketStatuses),
  ],
);

/**
 * How far back findings are looked for: one row, made once by `findings_since()`. '-infinity': from the log's beginning.
 */
export const findingsBegin = pgTable(
  "findings_begin",
  {
    one: boolean("one").primaryKey().default(true),
    since: at("since").notNull(),
    decidedAt: at("decided_at").notNull().default(sql`clock_timestamp()`),
  },
  (t) => [check("findings_begin_one", sql`${t.one}`)],
);

/**
 * What a detector could not look at, because of a fault: it is tried again, in ever smaller pieces, and stays on record
 * once it is settled.
 */
export const findingsMissed = pgTable(
  "findings_missed",
  {
    id: uuid("id").primaryKey(),
    detector: text("detector", { enum: detectors }).notNull(),
    /** What was read and is to be looked at: ids, by what they are. */
    read: jsonb("read").$type<Record<string, unknown>>().notNull(),
    missedAt: at("missed_at").notNull().default(sql`clock_timestamp()`),
    tries: integer("tries").notNull().default(1),
    nextTryAt: at("next_try_at").notNull().default(sql`clock_timestamp()`),
    settledAt: at("settled_at"),
  },
  (t) => [
    // What is due, oldest first; what the page tells of.
    index("findings_missed_due").on(t.nextTryAt, t.id).where(sql`${t.settledAt} is null`),
    oneOf("findings_missed_detector", t.detector, detectors),
    check("findings_missed_tries", sql`${t.tries} >= 1`),
  ],
);
