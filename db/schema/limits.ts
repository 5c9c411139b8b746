import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { auditEntry } from "./audit.ts";
import { at, bytea } from "./columns.ts";
import { staff } from "./staff.ts";

/**
 * A manager lets one actor stand in for more people than the policy allows, for a day. Never changed; triggers set the
 * times and check that who lifts is somebody who could vote on the actor's requests.
 */
export const breadthLifts = pgTable(
  "breadth_lifts",
  {
    id: uuid("id").primaryKey(),
    actorId: uuid("actor_id").notNull(),
    liftedBy: uuid("lifted_by").notNull(),
    reason: text("reason").notNull(),
    createdAt: at("created_at").notNull().defaultNow(),
    endsAt: at("ends_at").notNull().defaultNow(),
    entryId: uuid("entry_id").notNull(),
  },
  (t) => [
    foreignKey({ name: "breadth_lifts_actor", columns: [t.actorId], foreignColumns: [staff.id] }),
    foreignKey({
      name: "breadth_lifts_lifted_by",
      columns: [t.liftedBy],
      foreignColumns: [staff.id],
    }),
    foreignKey({
      name: "breadth_lifts_entry",
      columns: [t.entryId],
      foreignColumns: [auditEntry.id],
    }),
    unique("breadth_lifts_own_entry").on(t.entryId),
    index("breadth_lifts_of").on(t.actorId, t.endsAt),
    index("breadth_lifts_live").on(t.endsAt),
    check("breadth_lifts_another_person", sql`${t.liftedBy} <> ${t.actorId}`),
    check("breadth_lifts_reason_length", sql`char_length(${t.reason}) between 10 and 500`),
    check("breadth_lifts_one_day", sql`${t.endsAt} = ${t.createdAt} + interval '24 hours'`),
  ],
);

/** Buckets of permits: when each is full again. The runtime role may only call `take_permits`. Unlogged. */
export const rateLimits = pgTable("rate_limits", {
  key: text("key").primaryKey(),
  fullAt: at("full_at").notNull(),
});

/** The last search of a person, so that what is typed letter by letter counts once. Unlogged; only `count_search`. */
export const lastSearches = pgTable("last_searches", {
  staffId: uuid("staff_id").primaryKey(),
  longest: text("longest").notNull(),
  answers: integer("answers").notNull(),
  lastAt: at("last_at").notNull(),
});

/** Tokens of others that count once, kept while they could be replayed; the index is for forgetting them after. */
export const spentTokens = pgTable(
  "spent_tokens",
  {
    issuer: text("issuer").notNull(),
    /** SHA-256 of the `jti`. */
    jtiHash: bytea("jti_hash").notNull(),
    goodUntil: at("good_until").notNull(),
    /** Of a logout token: the issuer's session and person that it ended, and when the issuer said so. */
    sid: text("sid"),
    subject: text("subject"),
    issuedAt: at("issued_at"),
  },
  (t) => [
    primaryKey({ columns: [t.issuer, t.jtiHash] }),
    index("spent_tokens_due").on(t.goodUntil),
    check(
      "spent_tokens_logout",
      sql`(${t.issuedAt} is null) = (${t.sid} is null and ${t.subject} is null)`,
    ),
  ],
);
