import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import { at, xid } from "./columns.ts";

/**
 * How far somebody has read the log, each entry once, whatever the order in which transactions commit. Only
 * `read_on` changes it: every entry of a transaction below `seen` is read, and those up to `aim` are being read.
 */
export const entryReaders = pgTable("entry_readers", {
  name: text("name").primaryKey(),
  seen: xid("seen").notNull().default(0),
  aim: xid("aim"),
  /** No entry that is still to be read is older. */
  since: at("since").notNull(),
  /** The clock, and the first transaction that had not begun, at the look that set `aim`. */
  lookedAt: at("looked_at"),
  begunBelow: xid("begun_below"),
  afterAt: at("after_at").notNull(),
  afterId: uuid("after_id").notNull(),
});
