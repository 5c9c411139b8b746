import { sql } from "drizzle-orm";
import { check, foreignKey, index, pgTable, uuid } from "drizzle-orm/pg-core";
import { at, bytea } from "./columns.ts";
import { requests } from "./impersonation.ts";
import { staff } from "./staff.ts";

/**
 * Links that lead one approver to one request, any number for each. Never changed; triggers set both times and refuse one
 * for who asks. The index is for forgetting them, a month after the request.
 */
export const approvalLinks = pgTable(
  "approval_links",
  {
    /** SHA-256 of 256 random bits, which are in the message only. */
    tokenHash: bytea("token_hash").primaryKey(),
    requestId: uuid("request_id").notNull(),
    approverId: uuid("approver_id").notNull(),
    madeAt: at("made_at").notNull().defaultNow(),
    /** When the request lapses. */
    expiresAt: at("expires_at").notNull().defaultNow(),
  },
  (t) => [
    foreignKey({
      name: "approval_links_request",
      columns: [t.requestId],
      foreignColumns: [requests.id],
    }),
    foreignKey({
      name: "approval_links_approver",
      columns: [t.approverId],
      foreignColumns: [staff.id],
    }),
    index("approval_links_due").on(t.expiresAt),
    check("approval_links_hash", sql`octet_length(${t.tokenHash}) = 32`),
  ],
);
