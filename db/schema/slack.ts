import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { auditEntry } from "./audit.ts";
import { at, bytea } from "./columns.ts";
import { staff, staffSignIns } from "./staff.ts";

/**
 * A link to Slack that somebody asked for in their own browser: its code is in a message to that member of Slack only, and
 * good for ten minutes of that sign-in. Used up by the trigger of `slack_identities`, and by nothing else.
 */
export const slackCodes = pgTable(
  "slack_codes",
  {
    id: uuid("id").primaryKey(),
    staffId: uuid("staff_id").notNull(),
    signInId: uuid("sign_in_id").notNull(),
    /** Slack's id of the member whom they said that they are. */
    userId: text("user_id").notNull(),
    codeHash: bytea("code_hash").notNull(),
    madeAt: at("made_at").notNull().defaultNow(),
    goodUntil: at("good_until").notNull().defaultNow(),
    usedAt: at("used_at"),
    /** Of the message with the button, "channel:ts"; null: none, or it has no button any more. */
    messageRef: text("message_ref"),
  },
  (t) => [
    foreignKey({
      name: "slack_codes_sign_in",
      columns: [t.signInId, t.staffId],
      foreignColumns: [staffSignIns.id, staffSignIns.staffId],
    }),
    unique("slack_codes_code").on(t.codeHash),
    index("slack_codes_open").on(t.goodUntil).where(sql`${t.messageRef} is not null`),
    index("slack_codes_of").on(t.staffId, t.madeAt),
    check("slack_codes_hash", sql`octet_length(${t.codeHash}) = 32`),
    check("slack_codes_user", sql`${t.userId} ~ '^[UW][A-Z0-9]{2,30}$'`),
  ],
);

/**
 * Who of the staff a member of Slack is: one each way at a time (unique indexes), made by a code, ended once by the person or
 * an admin. Kept for ever, so that it is known who pressed a button then.
 */
export const slackIdentities = pgTable(
  "slack_identities",
  {
    id: uuid("id").primaryKey(),
    staffId: uuid("staff_id").notNull(),
    teamId: text("team_id").notNull(),
    userId: text("user_id").notNull(),
    codeId: uuid("code_id").notNull(),
    linkedAt: at("linked_at").notNull().defaultNow(),
    linkedEntryId: uuid("linked_entry_id").notNull(),
    endedAt: at("ended_at"),
    endedBy: uuid("ended_by"),
    endedEntryId: uuid("ended_entry_id"),
  },
  (t) => [
    foreignKey({
      name: "slack_identities_staff",
      columns: [t.staffId],
      foreignColumns: [staff.id],
    }),
    foreignKey({
      name: "slack_identities_code",
      columns: [t.codeId],
      foreignColumns: [slackCodes.id],
    }),
    foreignKey({
      name: "slack_identities_ended_by",
      columns: [t.endedBy],
      foreignColumns: [staff.id],
    }),
    foreignKey({
      name: "slack_identities_linked_entry",
      columns: [t.linkedEntryId],
      foreignColumns: [auditEntry.id],
    }),
    foreignKey({
      name: "slack_identities_ended_entry",
      columns: [t.endedEntryId],
      foreignColumns: [auditEntry.id],
    }),
    unique("slack_identities_own_code").on(t.codeId),
    unique("slack_identities_own_entry").on(t.linkedEntryId),
    uniqueIndex("slack_identities_of_user").on(t.teamId, t.userId).where(sql`${t.endedAt} is null`),
    uniqueIndex("slack_identities_of_staff").on(t.staffId).where(sql`${t.endedAt} is null`),
    check(
      "slack_identities_ended",
      sql`(${t.endedAt} is null) = (${t.endedBy} is null) and (${t.endedAt} is null) = (${t.endedEntryId} is null)`,
    ),
    check("slack_identities_team", sql`${t.teamId} ~ '^[TE][A-Z0-9]{2,30}$'`),
  ],
);
