import { sql } from "drizzle-orm";
import { boolean, check, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { roles } from "#lib/vocabulary.ts";
import { oneOf } from "./checks.ts";
import { at } from "./columns.ts";
import { person } from "./staff.ts";

/**
 * Which role a group of the company's issuer gives, kept for ever. Made and taken back by an admin, on record; one that
 * gives `admin` or `compliance` by two. The unique index maps a group to a role once.
 */
export const issuerGroups = pgTable(
  "issuer_groups",
  {
    id: uuid("id").primaryKey(),
    groupName: text("group_name").notNull(),
    role: text("role", { enum: roles }).notNull(),
    lookingOnly: boolean("looking_only").notNull().default(false),
    mappedAt: at("mapped_at").notNull().defaultNow(),
    mappedBy: person("mapped_by").notNull(),
    mappedEntryId: uuid("mapped_entry_id").notNull(),
    unmappedAt: at("unmapped_at"),
    unmappedBy: person("unmapped_by"),
    unmappedEntryId: uuid("unmapped_entry_id"),
  },
  (t) => [
    uniqueIndex("issuer_groups_once").on(t.groupName, t.role).where(sql`${t.unmappedAt} is null`),
    check("issuer_groups_name", sql`char_length(${t.groupName}) between 1 and 200`),
    oneOf("issuer_groups_role", t.role, roles),
    check("issuer_groups_looking_only", sql`not ${t.lookingOnly} or ${t.role} = 'agent'`),
    check(
      "issuer_groups_unmapped",
      sql`(${t.unmappedAt} is null) = (${t.unmappedBy} is null) and (${t.unmappedAt} is null) = (${t.unmappedEntryId} is null)`,
    ),
  ],
);
