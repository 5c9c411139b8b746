import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgSequence, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { proposalKinds, proposalStatuses } from "#lib/vocabulary.ts";
import { oneOf } from "./checks.ts";
import { at } from "./columns.ts";
import { accounts, products, subjects } from "./directory.ts";
import { person } from "./staff.ts";

export const proposalNumbers = pgSequence("proposal_numbers", { startWith: 301 });

/**
 * What is looser than before waits here for a second person. A trigger lets nobody decide on their own, nor on what is
 * about them, nor without the role that the kind wants; what is put into force refers to an accepted one.
 */
export const proposals = pgTable(
  "proposals",
  {
    id: uuid("id").primaryKey(),
    number: integer("number").notNull().unique().default(sql`nextval('proposal_numbers')`),
    kind: text("kind", { enum: proposalKinds }).notNull(),
    /** What it is about; none of them: the policy. */
    accountId: uuid("account_id").references(() => accounts.id),
    subjectId: uuid("subject_id").references(() => subjects.id),
    staffId: person("staff_id"),
    before: jsonb("before").notNull(),
    after: jsonb("after").notNull(),
    reason: text("reason").notNull(),
    /** Null: the product did, by its sync. */
    proposedBy: person("proposed_by"),
    productId: uuid("product_id").references(() => products.id),
    proposedAt: at("proposed_at").notNull().defaultNow(),
    lapsesAt: at("lapses_at").notNull(),
    status: text("status", { enum: proposalStatuses }).notNull().default("pending"),
    decidedBy: person("decided_by"),
    decidedAt: at("decided_at"),
    comment: text("comment"),
    madeEntryId: uuid("made_entry_id").notNull(),
    decidedEntryId: uuid("decided_entry_id"),
  },
  (t) => [
    index("proposals_waiting").on(t.proposedAt, t.id).where(sql`${t.status} = 'pending'`),
    index("proposals_due").on(t.lapsesAt, t.id).where(sql`${t.status} = 'pending'`),
    index("proposals_account").on(t.accountId, t.proposedAt, t.id),
    index("proposals_staff").on(t.staffId, t.proposedAt, t.id),
    index("proposals_newest").on(t.proposedAt, t.id),
    oneOf("proposals_kind", t.kind, proposalKinds),
    oneOf("proposals_status", t.status, proposalStatuses),
    check("proposals_by", sql`(${t.proposedBy} is null) <> (${t.productId} is null)`),
    check("proposals_reason", sql`char_length(trim(${t.reason})) between 3 and 500`),
    check(
      "proposals_decided",
      sql`(${t.status} = 'pending') = (${t.decidedAt} is null) and (${t.decidedAt} is null) = (${t.decidedEntryId} is null) and (${t.status} in ('accepted', 'declined') or (${t.status} = 'withdrawn' and ${t.productId} is null)) = (${t.decidedBy} is not null)`,
    ),
  ],
);
