import { sql } from "drizzle-orm";
import { check, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { at } from "./columns.ts";
import { person, staff } from "./staff.ts";

/**
 * Who is away from deciding, and who decides meanwhile; null: nobody in particular. A trigger lets those who are away say
 * so, or an admin; nothing of it changes but that it is ended. It is over at `endsAt` without anybody's doing.
 */
export const delegations = pgTable(
  "delegations",
  {
    id: uuid("id").primaryKey(),
    fromId: uuid("from_id")
      .notNull()
      .references(() => staff.id),
    toId: person("to_id"),
    startsAt: at("starts_at").notNull(),
    endsAt: at("ends_at").notNull(),
    reason: text("reason").notNull(),
    givenBy: uuid("given_by")
      .notNull()
      .references(() => staff.id),
    /** Set by trigger: what was asked before it is not for the delegate. */
    givenAt: at("given_at").notNull().defaultNow(),
    endedAt: at("ended_at"),
    endedBy: person("ended_by"),
    givenEntryId: uuid("given_entry_id").notNull(),
    endedEntryId: uuid("ended_entry_id"),
  },
  (t) => [
    index("delegations_from").on(t.fromId, t.startsAt, t.id),
    index("delegations_to").on(t.toId, t.startsAt, t.id),
    // Sixty days of where they live, of which one may be longer: clocks are set back by two hours at most.
    check(
      "delegations_days",
      sql`${t.endsAt} > ${t.startsAt} and ${t.endsAt} <= ${t.startsAt} + interval '1442 hours'`,
    ),
    check("delegations_reason", sql`char_length(trim(${t.reason})) between 3 and 300`),
    check(
      "delegations_ended",
      sql`(${t.endedAt} is null) = (${t.endedBy} is null) and (${t.endedAt} is null) = (${t.endedEntryId} is null)`,
    ),
  ],
);
