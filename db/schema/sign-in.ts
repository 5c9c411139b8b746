import { sql } from "drizzle-orm";
import { check, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { at } from "./columns.ts";
import { staff } from "./staff.ts";

/**
 * Who of the staff is which subject of an issuer: bound at the first sign-in, by a verified e-mail, and from then on
 * known by the subject alone, so that an e-mail that moves on takes nobody with it. Only the owner releases.
 */
export const staffIdentities = pgTable(
  "staff_identities",
  {
    id: uuid("id").primaryKey(),
    staffId: uuid("staff_id")
      .notNull()
      .references(() => staff.id),
    issuer: text("issuer").notNull(),
    subject: text("subject").notNull(),
    boundAt: at("bound_at").notNull().defaultNow(),
    boundEntryId: uuid("bound_entry_id").notNull(),
    releasedAt: at("released_at"),
  },
  (t) => [
    uniqueIndex("staff_identities_subject")
      .on(t.issuer, t.subject)
      .where(sql`${t.releasedAt} is null`),
    uniqueIndex("staff_identities_person")
      .on(t.staffId, t.issuer)
      .where(sql`${t.releasedAt} is null`),
    check("staff_identities_subject_length", sql`length(${t.subject}) between 1 and 255`),
  ],
);
