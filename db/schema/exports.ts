import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { exportBreaks, exportFormats, exportKinds, exportStatuses } from "#lib/vocabulary.ts";
import { oneOf } from "./checks.ts";
import { at } from "./columns.ts";
import { staff, staffSignIns } from "./staff.ts";

/**
 * What was taken out of the panel, by whom and why. It runs while its file is read, once; complete only with its rows and
 * the SHA-256 of its bytes on record. Only its progress changes without an entry, and nothing once it is over.
 */
export const exports = pgTable(
  "exports",
  {
    id: uuid("id").primaryKey(),
    kind: text("kind", { enum: exportKinds }).notNull(),
    format: text("format", { enum: exportFormats }).notNull(),
    /** What was asked for, in the words of the address that asked. */
    filter: jsonb("filter").$type<Record<string, unknown>>().notNull(),
    reason: text("reason").notNull(),
    startedBy: uuid("started_by")
      .notNull()
      .references(() => staff.id),
    signInId: uuid("sign_in_id")
      .notNull()
      .references(() => staffSignIns.id),
    startedAt: at("started_at").notNull().defaultNow(),
    /** When its file began to be read; the file is given once. */
    fetchedAt: at("fetched_at"),
    /** When its panel last said that it goes on. */
    seenAt: at("seen_at").notNull().defaultNow(),
    /** Counted in the snapshot that is exported; null until then. */
    rowsExpected: integer("rows_expected"),
    rowsDone: integer("rows_done").notNull().default(0),
    bytes: bigint("bytes", { mode: "number" }).notNull().default(0),
    sha256: text("sha256"),
    status: text("status", { enum: exportStatuses }).notNull().default("running"),
    brokenBy: text("broken_by", { enum: exportBreaks }),
    endedAt: at("ended_at"),
    startedEntryId: uuid("started_entry_id").notNull().unique(),
    endedEntryId: uuid("ended_entry_id").unique(),
  },
  (t) => [
    uniqueIndex("exports_one_running").on(t.startedBy).where(sql`${t.status} = 'running'`),
    index("exports_newest").on(t.startedAt, t.id),
    index("exports_by").on(t.startedBy, t.startedAt, t.id),
    oneOf("exports_kind", t.kind, exportKinds),
    oneOf("exports_format", t.format, exportFormats),
    oneOf("exports_status", t.status, exportStatuses),
    oneOf("exports_broken_by", t.brokenBy, exportBreaks),
    check("exports_reason_length", sql`char_length(trim(${t.reason})) between 10 and 500`),
    check(
      "exports_ended",
      sql`(${t.status} = 'running') = (${t.endedAt} is null) and (${t.endedAt} is null) = (${t.endedEntryId} is null) and (${t.status} = 'broken') = (${t.brokenBy} is not null)`,
    ),
    check(
      "exports_complete",
      sql`(${t.status} = 'complete') = (${t.sha256} is not null) and (${t.status} <> 'complete' or ${t.fetchedAt} is not null and ${t.rowsDone} = ${t.rowsExpected})`,
    ),
    check("exports_sha256", sql`${t.sha256} ~ '^[0-9a-f]{64}$'`),
  ],
);
