import { sql } from "drizzle-orm";
import { check, foreignKey, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { at } from "./columns.ts";
import { proposals } from "./proposals.ts";
import { person, staffSignIns } from "./staff.ts";

/**
 * The rules by number; never changed, only followed by the next. One may lie ahead: the highest whose time has come is
 * in force (`policy_now`). A trigger lets only an admin make one, and one that is looser only with a proposal of just
 * this that a second person accepted.
 */
export const policyVersions = pgTable(
  "policy_versions",
  {
    version: integer("version").primaryKey(),
    body: jsonb("body").notNull(),
    inForceFrom: at("in_force_from").notNull().defaultNow(),
    /** Null, as the next ones: brought by the set-up. */
    reason: text("reason"),
    changedBy: person("changed_by"),
    changedAt: at("changed_at").notNull().defaultNow(),
    proposalId: uuid("proposal_id").references(() => proposals.id),
    entryId: uuid("entry_id"),
    /** With which it was changed, or accepted: fresh where the policy in force wants that. */
    signInId: uuid("sign_in_id"),
  },
  (t) => [
    foreignKey({
      name: "policy_versions_own_sign_in",
      columns: [t.signInId, t.changedBy],
      foreignColumns: [staffSignIns.id, staffSignIns.staffId],
    }),
  ],
);

/** A version that lay ahead and never comes into force. */
export const policyWithdrawals = pgTable(
  "policy_withdrawals",
  {
    version: integer("version")
      .primaryKey()
      .references(() => policyVersions.version),
    withdrawnBy: person("withdrawn_by").notNull(),
    withdrawnAt: at("withdrawn_at").notNull().defaultNow(),
    reason: text("reason").notNull(),
    entryId: uuid("entry_id").notNull(),
  },
  (t) => [
    check("policy_withdrawals_reason", sql`char_length(trim(${t.reason})) between 3 and 500`),
  ],
);
