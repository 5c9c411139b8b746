import { sql } from "drizzle-orm";
import { boolean, index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { effects, events, reasonCategories } from "#lib/vocabulary.ts";
import { oneOf } from "./checks.ts";
import { at, bytea } from "./columns.ts";

/**
 * One line per thing that happened, written in the transaction that it describes (DESIGN §7.1). Immutable: ALWAYS
 * triggers refuse UPDATE, DELETE and TRUNCATE. Ids only, no foreign keys from it: entries outlive what they name.
 * Each index serves one filter of the audit page; all end in the page's order. They ascend and are read backwards: a
 * descending one would be NULLS LAST, which `order by … desc` does not match.
 */
export const auditEntry = pgTable(
  "audit_entry",
  {
    id: uuid("id").primaryKey(),
    /** Set by trigger, so that nobody can date an entry. */
    occurredAt: at("occurred_at").notNull().defaultNow(),
    event: text("event", { enum: events }).notNull(),
    /** The stream that a customer can check alone; null where no account is concerned. */
    accountId: uuid("account_id"),
    actorId: uuid("actor_id"),
    subjectId: uuid("subject_id"),
    sessionId: uuid("session_id"),
    requestId: uuid("request_id"),
    /** The transaction that wrote it, set by trigger: a change may only refer to an entry of its own transaction. */
    xact: text("xact").notNull().default(""),
  },
  (t) => [
    index("audit_entry_newest").on(t.occurredAt, t.id),
    index("audit_entry_actor").on(t.actorId, t.occurredAt, t.id),
    index("audit_entry_subject").on(t.subjectId, t.occurredAt, t.id),
    index("audit_entry_account").on(t.accountId, t.occurredAt, t.id),
    index("audit_entry_session").on(t.sessionId, t.occurredAt, t.id),
    index("audit_entry_request").on(t.requestId, t.occurredAt, t.id),
    index("audit_entry_event").on(t.event, t.occurredAt, t.id),
    oneOf("audit_entry_event_known", t.event, events),
  ],
);

/** What is personal or free text: RFC 8785 text and the salt of its later commitment. Erasable, never editable. */
export const auditPayload = pgTable("audit_payload", {
  entryId: uuid("entry_id").primaryKey(),
  salt: bytea("salt").notNull(),
  body: text("body").notNull(),
});

/** Copies of what the audit page filters by; erasable with the payload. */
export const auditIndex = pgTable(
  "audit_index",
  {
    entryId: uuid("entry_id").primaryKey(),
    occurredAt: at("occurred_at").notNull().defaultNow(),
    resource: text("resource"),
    ticket: text("ticket"),
    reasonCategory: text("reason_category", { enum: reasonCategories }),
    effect: text("effect", { enum: effects }),
    isWrite: boolean("is_write").notNull().default(false),
  },
  (t) => [
    index("audit_index_resource")
      .on(t.resource, t.occurredAt)
      .where(sql`${t.resource} is not null`),
    index("audit_index_ticket").on(t.ticket, t.occurredAt).where(sql`${t.ticket} is not null`),
    index("audit_index_effect").on(t.effect, t.occurredAt).where(sql`${t.effect} is not null`),
    index("audit_index_write").on(t.occurredAt).where(sql`${t.isWrite}`),
  ],
);

/** Entries that the sealer has not made leaves of yet. Filled by trigger; the runtime role cannot touch it. */
export const auditPending = pgTable("audit_pending", { entryId: uuid("entry_id").primaryKey() });

/**
 * What a transaction still has to bring before it commits, of what it wrote: an entry its payload, an action its entry.
 * Filled and emptied by triggers, so that no row outlives its transaction; the runtime role cannot touch it.
 */
export const owed = pgTable(
  "owed",
  {
    what: text("what", { enum: ["payload", "action"] }).notNull(),
    sessionId: uuid("session_id"),
    id: uuid("id").notNull(),
  },
  (t) => [unique("owed_once").on(t.what, t.sessionId, t.id).nullsNotDistinct()],
);
