import { sql } from "drizzle-orm";
import { check, date, foreignKey, index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { auditEntry } from "./audit.ts";
import { at, bytea } from "./columns.ts";
import { staff } from "./staff.ts";

/**
 * An auditor who may look at one period, until a time that never moves out: `expires_at` is at most 30 days after the
 * invitation, and only the end of the access may be added. Triggers set the times and check that compliance invites.
 */
export const guests = pgTable(
  "guests",
  {
    id: uuid("id").primaryKey(),
    name: text("name").notNull(),
    email: text("email").notNull(),
    firm: text("firm").notNull(),
    reason: text("reason").notNull(),
    /** Days of the company's zone, both included. */
    firstDay: date("first_day").notNull(),
    lastDay: date("last_day").notNull(),
    zone: text("zone").notNull(),
    /** The same as times, the second not included. Set by trigger. */
    startsAt: at("starts_at").notNull().defaultNow(),
    endsAt: at("ends_at").notNull().defaultNow(),
    invitedBy: uuid("invited_by").notNull(),
    invitedAt: at("invited_at").notNull().defaultNow(),
    expiresAt: at("expires_at").notNull(),
    invitedEntryId: uuid("invited_entry_id").notNull(),
    revokedAt: at("revoked_at"),
    revokedBy: uuid("revoked_by"),
    revokedEntryId: uuid("revoked_entry_id"),
  },
  (t) => [
    foreignKey({ name: "guests_invited_by", columns: [t.invitedBy], foreignColumns: [staff.id] }),
    foreignKey({ name: "guests_revoked_by", columns: [t.revokedBy], foreignColumns: [staff.id] }),
    foreignKey({
      name: "guests_invited_entry",
      columns: [t.invitedEntryId],
      foreignColumns: [auditEntry.id],
    }),
    foreignKey({
      name: "guests_revoked_entry",
      columns: [t.revokedEntryId],
      foreignColumns: [auditEntry.id],
    }),
    unique("guests_own_entry").on(t.invitedEntryId),
    index("guests_newest").on(t.invitedAt, t.id),
    check("guests_days", sql`${t.firstDay} <= ${t.lastDay}`),
    check(
      "guests_thirty_days",
      sql`${t.expiresAt} > ${t.invitedAt} and ${t.expiresAt} <= ${t.invitedAt} + interval '30 days'`,
    ),
    check(
      "guests_named",
      sql`char_length(trim(${t.name})) between 1 and 200 and char_length(trim(${t.firm})) between 1 and 200 and char_length(${t.email}) between 3 and 320`,
    ),
    check("guests_reason_length", sql`char_length(trim(${t.reason})) between 10 and 500`),
    check(
      "guests_revoked",
      sql`(${t.revokedAt} is null) = (${t.revokedBy} is null) and (${t.revokedAt} is null) = (${t.revokedEntryId} is null)`,
    ),
  ],
);

/**
 * One link of a guest, good once, and the browser that it let in. A new link puts every earlier one out of use, with its
 * browser. Of both secrets there are hashes only.
 */
export const guestLinks = pgTable(
  "guest_links",
  {
    id: uuid("id").primaryKey(),
    guestId: uuid("guest_id").notNull(),
    secretHash: bytea("secret_hash").notNull(),
    madeBy: uuid("made_by").notNull(),
    madeAt: at("made_at").notNull().defaultNow(),
    /** Set by trigger: a week, or the end of the access where that comes first. */
    goodUntil: at("good_until").notNull().defaultNow(),
    entryId: uuid("entry_id").notNull(),
    usedAt: at("used_at"),
    sessionHash: bytea("session_hash"),
    usedEntryId: uuid("used_entry_id"),
    lastActiveAt: at("last_active_at"),
    leftAt: at("left_at"),
    leftEntryId: uuid("left_entry_id"),
  },
  (t) => [
    foreignKey({ name: "guest_links_guest", columns: [t.guestId], foreignColumns: [guests.id] }),
    foreignKey({ name: "guest_links_made_by", columns: [t.madeBy], foreignColumns: [staff.id] }),
    foreignKey({
      name: "guest_links_entry",
      columns: [t.entryId],
      foreignColumns: [auditEntry.id],
    }),
    foreignKey({
      name: "guest_links_used_entry",
      columns: [t.usedEntryId],
      foreignColumns: [auditEntry.id],
    }),
    foreignKey({
      name: "guest_links_left_entry",
      columns: [t.leftEntryId],
      foreignColumns: [auditEntry.id],
    }),
    unique("guest_links_secret").on(t.secretHash),
    unique("guest_links_session").on(t.sessionHash),
    unique("guest_links_own_entry").on(t.entryId),
    index("guest_links_of").on(t.guestId, t.madeAt),
    check("guest_links_hashes", sql`octet_length(${t.secretHash}) = 32`),
    check(
      "guest_links_used",
      sql`(${t.usedAt} is null) = (${t.sessionHash} is null) and (${t.usedAt} is null) = (${t.usedEntryId} is null) and (${t.usedAt} is null) = (${t.lastActiveAt} is null)`,
    ),
    check(
      "guest_links_left",
      sql`(${t.leftAt} is null) = (${t.leftEntryId} is null) and (${t.leftAt} is null or ${t.usedAt} is not null)`,
    ),
  ],
);
