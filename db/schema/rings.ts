import { sql } from "drizzle-orm";
import { boolean, check, index, pgTable, primaryKey, smallint, uuid } from "drizzle-orm/pg-core";
import { at } from "./columns.ts";
import { requests } from "./impersonation.ts";
import { staff } from "./staff.ts";

/**
 * How far each pending request has rung, and when the worker looks at it next. A ring is not taken back. Whoever was asked
 * and leaves, or loses a role, makes it due at once (trigger).
 */
export const requestRings = pgTable(
  "request_rings",
  {
    requestId: uuid("request_id")
      .primaryKey()
      .references(() => requests.id),
    /** The last ring: 1 who was at work, 2 the rest, 3 the fallback; 0 while nobody may decide. */
    rung: smallint("rung").notNull(),
    /** Null: nothing is left to ring. */
    nextAt: at("next_at"),
    /** Nobody could decide at the last look, which is on record. */
    nobody: boolean("nobody").notNull().default(false),
    entryId: uuid("entry_id").notNull(),
  },
  (t) => [
    index("request_rings_due").on(t.nextAt).where(sql`${t.nextAt} is not null`),
    check("request_rings_rung", sql`${t.rung} between 0 and 3`),
  ],
);

/** Who was asked to decide, in which ring, and when they opened the request first. A trigger lets only who may decide be asked. */
export const requestAsks = pgTable(
  "request_asks",
  {
    requestId: uuid("request_id")
      .notNull()
      .references(() => requests.id),
    approverId: uuid("approver_id")
      .notNull()
      .references(() => staff.id),
    /** Null: nobody asked them, they opened it by themselves. */
    ring: smallint("ring"),
    askedAt: at("asked_at").notNull().defaultNow(),
    openedAt: at("opened_at"),
    remindedAt: at("reminded_at"),
    entryId: uuid("entry_id").notNull(),
    openedEntryId: uuid("opened_entry_id"),
    remindedEntryId: uuid("reminded_entry_id"),
  },
  (t) => [
    primaryKey({ columns: [t.requestId, t.approverId] }),
    index("request_asks_of").on(t.approverId, t.askedAt),
    check("request_asks_ring", sql`${t.ring} between 1 and 3`),
    check("request_asks_unasked", sql`${t.ring} is not null or ${t.openedAt} is not null`),
    check("request_asks_opened", sql`(${t.openedAt} is null) = (${t.openedEntryId} is null)`),
    check("request_asks_reminded", sql`(${t.remindedAt} is null) = (${t.remindedEntryId} is null)`),
  ],
);
