import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  pgView,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import {
  assignments,
  attestations,
  campaignStatuses,
  exceptionKinds,
  grantSources,
  remediationKinds,
  remediationResults,
  reminderKinds,
  roles,
  scopes,
  staffKinds,
  staffStatuses,
} from "#lib/vocabulary.ts";
import { auditEntry } from "./audit.ts";
import { oneOf } from "./checks.ts";
import { at } from "./columns.ts";
import { sessions } from "./impersonation.ts";
import { policyVersions } from "./policy.ts";
import { person, staffRoles } from "./staff.ts";

/**
 * One access review: whoever had a right in a period, frozen when it opened. From its closing on, nothing of it and of
 * the tables under it changes; what was wrong is put right beside it, in `review_corrections`.
 */
export const campaigns = pgTable(
  "campaigns",
  {
    id: uuid("id").primaryKey(),
    /** "2026-q3", or "2026-07-01-to-2026-08-15": its address. */
    slug: text("slug").notNull().unique(),
    /** Days of the company's zone, both included. */
    firstDay: date("first_day").notNull(),
    lastDay: date("last_day").notNull(),
    zone: text("zone").notNull(),
    /** The same as times, the second not included. */
    startsAt: at("starts_at").notNull(),
    endsAt: at("ends_at").notNull(),
    /** Up to when the population is complete: the end of the period, or the opening where that came first. */
    throughAt: at("through_at").notNull(),
    openedAt: at("opened_at").notNull().defaultNow(),
    /** Null: by itself. */
    openedBy: person("opened_by"),
    dueAt: at("due_at").notNull(),
    status: text("status", { enum: campaignStatuses }).notNull().default("open"),
    /** The query that gave the population, as it ran, and what it counted. */
    query: text("query").notNull(),
    counts: jsonb("counts").$type<PopulationCounts>().notNull(),
    policyVersion: integer("policy_version")
      .notNull()
      .references(() => policyVersions.version),
    /** Of the samples: whoever draws again with it gets the same. */
    seed: integer("seed").notNull(),
    openedEntryId: uuid("opened_entry_id").notNull(),
    closedAt: at("closed_at"),
    closedBy: person("closed_by"),
    statement: text("statement"),
    closedEntryId: uuid("closed_entry_id"),
    /** The transaction that opened it: items and samples are added in no other. */
    openedXact: text("opened_xact").notNull().default(sql`pg_current_xact_id()::text`),
  },
  (t) => [
    check("campaigns_statement_length", sql`char_length(trim(${t.statement})) >= 20`),
    index("campaigns_newest").on(t.firstDay, t.id),
    index("campaigns_open").on(t.dueAt).where(sql`${t.status} = 'open'`),
    oneOf("campaigns_status", t.status, campaignStatuses),
    check("campaigns_days", sql`${t.firstDay} <= ${t.lastDay} and ${t.startsAt} < ${t.endsAt}`),
    check("campaigns_through", sql`${t.throughAt} = least(${t.endsAt}, ${t.openedAt})`),
    check(
      "campaigns_closed",
      sql`(${t.status} = 'closed') = (${t.closedAt} is not null) and (${t.closedAt} is null) = (${t.closedBy} is null) and (${t.closedAt} is null) = (${t.statement} is null) and (${t.closedAt} is null) = (${t.closedEntryId} is null)`,
    ),
  ],
);

export type PopulationCounts = {
  grants: number;
  people: number;
  deactivated: number;
  service: number;
  /** Held a right in the period and used none of it. */
  dormant: number;
  /** Taken away before the review opened. */
  ended: number;
  byRole: Record<string, number>;
  /** What there was beside the population; reviews of before say nothing of it. */
  onRecord?: OnRecord | undefined;
};

/** All grants ever: those of the population, those that had ended before the period, and those given after it. */
export type OnRecord = {
  grants: number;
  endedBefore: number;
  givenAfter: number;
  people: number;
  withoutRight: number;
};

/**
 * One grant of a role, as it was when the campaign opened: copies, so that a later change of the person changes nothing
 * here. Only the reviewer may change afterwards, and `decided` and `remediated` with what they follow.
 */
export const reviewItems = pgTable(
  "review_items",
  {
    id: uuid("id").primaryKey(),
    campaignId: uuid("campaign_id")
      .notNull()
      .references(() => campaigns.id),
    /** From 1, by name, person, role and grant. */
    number: integer("number").notNull(),
    grantId: uuid("grant_id")
      .notNull()
      .references(() => staffRoles.id),
    staffId: person("staff_id").notNull(),
    name: text("name").notNull(),
    email: text("email").notNull(),
    team: text("team").notNull(),
    kind: text("kind", { enum: staffKinds }).notNull(),
    status: text("status", { enum: staffStatuses }).notNull(),
    deactivatedAt: at("deactivated_at"),
    managerId: person("manager_id"),
    managerName: text("manager_name"),
    role: text("role", { enum: roles }).notNull(),
    permissions: text("permissions").array().notNull(),
    scopes: text("scopes", { enum: scopes }).array().notNull(),
    /** May act as a customer, approve, or change settings: decided one by one. */
    privileged: boolean("privileged").notNull(),
    source: text("source", { enum: grantSources }).notNull(),
    grantedAt: at("granted_at").notNull(),
    grantedBy: person("granted_by"),
    grantedByName: text("granted_by_name"),
    /** Taken away before the campaign opened: there is nothing left to decide, and it is in the population. */
    endedAt: at("ended_at"),
    /** The last use of this role up to the end of the period; null: never. */
    lastUsedAt: at("last_used_at"),
    /** Of the period, those that began by this grant. */
    sessions: integer("sessions").notNull().default(0),
    breakGlass: integer("break_glass").notNull().default(0),
    openFindings: integer("open_findings").notNull().default(0),
    /** Null: nobody on the staff may decide it without a conflict. */
    reviewerId: person("reviewer_id"),
    reviewerHow: text("reviewer_how", { enum: assignments }),
    /** The newest decision. */
    decisionId: uuid("decision_id"),
    decision: text("decision", { enum: attestations }),
    /** Null: nothing to do, or not done and proved yet. */
    remediatedAt: at("remediated_at"),
  },
  (t) => [
    unique("review_items_number").on(t.campaignId, t.number),
    unique("review_items_grant").on(t.campaignId, t.grantId),
    index("review_items_reviewer").on(t.campaignId, t.reviewerId, t.number),
    index("review_items_waiting")
      .on(t.reviewerId, t.campaignId)
      .where(sql`${t.decision} is null and ${t.endedAt} is null`),
    index("review_items_of").on(t.staffId, t.campaignId),
    oneOf("review_items_role", t.role, roles),
    oneOf("review_items_kind", t.kind, staffKinds),
    oneOf("review_items_status", t.status, staffStatuses),
    oneOf("review_items_source", t.source, grantSources),
    oneOf("review_items_reviewer_how", t.reviewerHow, assignments),
    oneOf("review_items_decision", t.decision, attestations),
    check("review_items_not_ones_own", sql`${t.reviewerId} <> ${t.staffId}`),
    check("review_items_not_ones_grant", sql`${t.reviewerId} <> ${t.grantedBy}`),
    check("review_items_reviewer", sql`(${t.reviewerId} is null) = (${t.reviewerHow} is null)`),
    check("review_items_decided", sql`(${t.decisionId} is null) = (${t.decision} is null)`),
  ],
);

/**
 * Who was given an item, by whom and why, oldest first; the first of an item is of the opening and has no reason. After it,
 * by somebody (`handed_on`) or by rule. Append-only.
 */
export const reviewAssignments = pgTable(
  "review_assignments",
  {
    id: uuid("id").primaryKey(),
    itemId: uuid("item_id")
      .notNull()
      .references(() => reviewItems.id),
    reviewerId: person("reviewer_id"),
    how: text("how", { enum: assignments }),
    /** Null: by rule. */
    assignedBy: person("assigned_by"),
    reason: text("reason"),
    at: at("at").notNull().defaultNow(),
    /** Of the opening for those made by rule. */
    entryId: uuid("entry_id").notNull(),
  },
  (t) => [
    index("review_assignments_of").on(t.itemId, t.at),
    oneOf("review_assignments_how", t.how, assignments),
  ],
);

/** What a reviewer said of an item. Append-only: a change of mind is another row, and the newest counts. */
export const reviewDecisions = pgTable(
  "review_decisions",
  {
    id: uuid("id").primaryKey(),
    itemId: uuid("item_id")
      .notNull()
      .references(() => reviewItems.id),
    decision: text("decision", { enum: attestations }).notNull(),
    justification: text("justification").notNull(),
    /** Null: by policy, at the closing. */
    decidedBy: person("decided_by"),
    /** The role by whose right it was decided. */
    decidedAs: text("decided_as", { enum: roles }),
    decidedAt: at("decided_at").notNull().defaultNow(),
    /** How the reviewer had signed in, and seconds since they last proved who they are. */
    signInHow: text("sign_in_how"),
    signInAge: integer("sign_in_age"),
    /** "No conflict: did not grant it, does not report to …", as it was checked. */
    conflictCheck: text("conflict_check").notNull(),
    /** From when the item was last opened to the decision; null in bulk and by policy. */
    seconds: integer("seconds"),
    inBulk: boolean("in_bulk").notNull().default(false),
    sampleOpened: integer("sample_opened").notNull().default(0),
    sampleSize: integer("sample_size").notNull().default(0),
    entryId: uuid("entry_id").notNull().unique(),
  },
  (t) => [
    index("review_decisions_of").on(t.itemId, t.decidedAt),
    index("review_decisions_by").on(t.decidedBy, t.decidedAt),
    index("review_decisions_when").on(t.decidedAt, t.id),
    oneOf("review_decisions_decision", t.decision, attestations),
    oneOf("review_decisions_as", t.decidedAs, roles),
    check("review_decisions_justified", sql`char_length(trim(${t.justification})) >= 10`),
  ],
);

/**
 * What follows a decision to change or revoke. Done only when the system has tried the access and was refused; what is
 * to be done elsewhere (a group of the issuer) has an owner and a day, and is looked at again.
 */
export const reviewRemediations = pgTable(
  "review_remediations",
  {
    id: uuid("id").primaryKey(),
    itemId: uuid("item_id")
      .notNull()
      .references(() => reviewItems.id),
    decisionId: uuid("decision_id")
      .notNull()
      .references(() => reviewDecisions.id),
    kind: text("kind", { enum: remediationKinds }).notNull(),
    /** What is to be done, in words. */
    what: text("what").notNull(),
    ownerId: person("owner_id"),
    dueOn: date("due_on"),
    /** The group of the issuer that a task is about, where it is: the next roster with groups looks again. */
    issuerGroup: text("issuer_group"),
    createdAt: at("created_at").notNull().defaultNow(),
    doneBy: person("done_by"),
    doneAt: at("done_at"),
    /** How it was tried, and what the answer was. */
    verifiedHow: text("verified_how"),
    result: text("result", { enum: remediationResults }),
    verifiedAt: at("verified_at"),
    entryId: uuid("entry_id").notNull(),
    verifiedEntryId: uuid("verified_entry_id"),
  },
  (t) => [
    index("review_remediations_of").on(t.itemId),
    index("review_remediations_due")
      .on(t.ownerId, t.dueOn)
      .where(
        sql`${t.kind} = 'outside' and (${t.result} is null or ${t.result} = 'still_possible')`,
      ),
    index("review_remediations_tasks")
      .on(t.dueOn, t.id)
      .where(
        sql`${t.kind} = 'outside' and (${t.result} is null or ${t.result} = 'still_possible')`,
      ),
    check(
      "review_remediations_group",
      sql`${t.issuerGroup} is null or ${t.kind} = 'outside' and char_length(${t.issuerGroup}) between 1 and 200`,
    ),
    oneOf("review_remediations_kind", t.kind, remediationKinds),
    oneOf("review_remediations_result", t.result, remediationResults),
    check(
      "review_remediations_outside",
      sql`(${t.kind} = 'outside') = (${t.ownerId} is not null) and (${t.ownerId} is null) = (${t.dueOn} is null)`,
    ),
    check(
      "review_remediations_verified",
      sql`(${t.result} is null) = (${t.verifiedAt} is null) and (${t.result} is null) = (${t.verifiedHow} is null) and (${t.result} is null) = (${t.verifiedEntryId} is null)`,
    ),
  ],
);

/** A task elsewhere that went to somebody else, with who had it before and until when. Append-only; the task follows it. */
export const reviewTasksGivenOn = pgTable(
  "review_tasks_given_on",
  {
    id: uuid("id").primaryKey(),
    taskId: uuid("task_id")
      .notNull()
      .references(() => reviewRemediations.id),
    fromId: person("from_id").notNull(),
    fromDueOn: date("from_due_on").notNull(),
    ownerId: person("owner_id").notNull(),
    dueOn: date("due_on").notNull(),
    reason: text("reason").notNull(),
    givenBy: person("given_by").notNull(),
    at: at("at").notNull().defaultNow(),
    entryId: uuid("entry_id").notNull(),
  },
  (t) => [
    index("review_tasks_given_on_of").on(t.taskId, t.at),
    check("review_tasks_given_on_reason", sql`char_length(trim(${t.reason})) >= 10`),
  ],
);

/**
 * A closing that settles more than one request can, as compliance asked for it: the worker carries it on, and nobody decides
 * meanwhile. One at a time in a review; a row changes once, where it stops instead of closing.
 */
export const reviewClosings = pgTable(
  "review_closings",
  {
    id: uuid("id").primaryKey(),
    campaignId: uuid("campaign_id")
      .notNull()
      .references(() => campaigns.id),
    closerId: person("closer_id").notNull(),
    statement: text("statement").notNull(),
    /** Who answers for what is excepted, where the form named somebody. */
    ownerId: person("owner_id"),
    expiresOn: date("expires_on"),
    at: at("at").notNull().defaultNow(),
    entryId: uuid("entry_id").notNull(),
    stoppedAt: at("stopped_at"),
    stoppedWhy: text("stopped_why"),
    stoppedEntryId: uuid("stopped_entry_id"),
  },
  (t) => [
    check("review_closings_statement", sql`char_length(trim(${t.statement})) >= 20`),
    check("review_closings_excepts", sql`(${t.ownerId} is null) = (${t.expiresOn} is null)`),
    check(
      "review_closings_stopped",
      sql`(${t.stoppedAt} is null) = (${t.stoppedWhy} is null) and (${t.stoppedAt} is null) = (${t.stoppedEntryId} is null)`,
    ),
    index("review_closings_of").on(t.campaignId, t.at),
    // Two who close at once: one closes.
    uniqueIndex("review_closings_one").on(t.campaignId).where(sql`${t.stoppedAt} is null`),
  ],
);

/**
 * An item that stays as it is, undecided or not yet proved, for a time, on somebody's account. Append-only; another one is
 * made of an item where the one before stands no more.
 */
export const reviewExceptions = pgTable(
  "review_exceptions",
  {
    id: uuid("id").primaryKey(),
    itemId: uuid("item_id")
      .notNull()
      .references(() => reviewItems.id),
    ownerId: person("owner_id").notNull(),
    expiresOn: date("expires_on").notNull(),
    reason: text("reason").notNull(),
    madeBy: person("made_by").notNull(),
    at: at("at").notNull().defaultNow(),
    entryId: uuid("entry_id").notNull(),
    /** What nobody decided, or what was decided and is not proved; by rule: of the closing itself. */
    kind: text("kind", { enum: exceptionKinds }).notNull().default("undecided"),
  },
  (t) => [
    index("review_exceptions_over").on(t.expiresOn, t.id),
    index("review_exceptions_owner").on(t.ownerId, t.expiresOn),
    check("review_exceptions_reason", sql`char_length(trim(${t.reason})) >= 10`),
    oneOf("review_exceptions_kind", t.kind, exceptionKinds),
    index("review_exceptions_of").on(t.itemId, t.at),
  ],
);

/**
 * The exception of an item that stands: until its day and while its owner is active, as long as the review is open; of a
 * closed one that of the sign-off. At most one of each item.
 */
export const standingExceptions = pgView("standing_exceptions", {
  id: uuid("id").notNull(),
  itemId: uuid("item_id").notNull(),
  expiresOn: date("expires_on").notNull(),
  kind: text("kind", { enum: exceptionKinds }).notNull(),
}).existing();

/** Each time a reviewer opened an item: what the time on it is taken from. Append-only. */
export const reviewLooks = pgTable(
  "review_looks",
  {
    id: uuid("id").primaryKey(),
    itemId: uuid("item_id")
      .notNull()
      .references(() => reviewItems.id),
    readerId: person("reader_id").notNull(),
    at: at("at").notNull().defaultNow(),
    entryId: uuid("entry_id").notNull(),
  },
  (t) => [index("review_looks_of").on(t.itemId, t.readerId, t.at)],
);

/** The sessions of an item's person that a reviewer is asked to open, drawn once at the opening of the campaign. */
export const reviewSamples = pgTable(
  "review_samples",
  {
    itemId: uuid("item_id")
      .notNull()
      .references(() => reviewItems.id),
    sessionId: uuid("session_id")
      .notNull()
      .references(() => sessions.id),
    why: text("why", { enum: ["break_glass", "finding", "chance"] }).notNull(),
    openedAt: at("opened_at"),
    openedBy: person("opened_by"),
    openedEntryId: uuid("opened_entry_id"),
  },
  (t) => [
    primaryKey({ name: "review_samples_pkey", columns: [t.itemId, t.sessionId] }),
    oneOf("review_samples_why", t.why, ["break_glass", "finding", "chance"]),
  ],
);

/**
 * A reminder was due, and its entry is what carries it to whoever reads entries. One a day for each reviewer, or owner of
 * a task; without a reviewer, for compliance, of what nobody may decide.
 */
export const reviewReminders = pgTable(
  "review_reminders",
  {
    campaignId: uuid("campaign_id")
      .notNull()
      .references(() => campaigns.id),
    reviewerId: person("reviewer_id"),
    day: date("day").notNull(),
    kind: text("kind", { enum: reminderKinds }).notNull(),
    /** Items left to decide, and tasks outside whose day is over. */
    open: integer("open").notNull(),
    lateTasks: integer("late_tasks").notNull().default(0),
    /** Who asked for it by hand; null: by rule. */
    sentBy: person("sent_by"),
    at: at("at").notNull().defaultNow(),
    entryId: uuid("entry_id").notNull(),
  },
  (t) => [
    unique("review_reminders_once").on(t.campaignId, t.reviewerId, t.day).nullsNotDistinct(),
    oneOf("review_reminders_kind", t.kind, reminderKinds),
  ],
);

/** The company's own list of who works there, held against the population. Append-only; the newest is shown. */
export const rosterComparisons = pgTable(
  "roster_comparisons",
  {
    id: uuid("id").primaryKey(),
    campaignId: uuid("campaign_id")
      .notNull()
      .references(() => campaigns.id),
    source: text("source", { enum: ["csv", "issuer_groups"] }).notNull(),
    fileName: text("file_name"),
    sha256: text("sha256").notNull(),
    lines: integer("lines").notNull(),
    inBoth: integer("in_both").notNull(),
    onlyInRoster: jsonb("only_in_roster").$type<RosterPerson[]>().notNull(),
    onlyInPanel: jsonb("only_in_panel").$type<RosterPerson[]>().notNull(),
    /** In both, but one says active and the other not. */
    differ: jsonb("differ").$type<RosterPerson[]>().notNull(),
    comparedBy: person("compared_by").notNull(),
    at: at("at").notNull().defaultNow(),
    entryId: uuid("entry_id").notNull(),
  },
  (t) => [index("roster_comparisons_of").on(t.campaignId, t.at)],
);
export type RosterPerson = { email: string; name: string; status: string | null };

/** What turned out wrong after the closing: a new line beside what stays as it was. Append-only. */
export const reviewCorrections = pgTable(
  "review_corrections",
  {
    id: uuid("id").primaryKey(),
    campaignId: uuid("campaign_id")
      .notNull()
      .references(() => campaigns.id),
    itemId: uuid("item_id").references(() => reviewItems.id),
    correction: text("correction").notNull(),
    madeBy: person("made_by").notNull(),
    at: at("at").notNull().defaultNow(),
    entryId: uuid("entry_id").notNull(),
  },
  (t) => [
    index("review_corrections_of").on(t.campaignId, t.at),
    check("review_corrections_length", sql`char_length(trim(${t.correction})) >= 10`),
  ],
);

/**
 * The manifest of a closed campaign's evidence pack and its signature, made once: an ES256 signature (RFC 7518 §3.4) is
 * another each time, and the pack must have the same bytes.
 */
export const reviewPacks = pgTable(
  "review_packs",
  {
    campaignId: uuid("campaign_id").notNull(),
    /** Of the form of a pack: what a later version of the panel writes otherwise is signed anew. */
    version: integer("version").notNull(),
    manifest: text("manifest").notNull(),
    /** Detached JWS (RFC 7515, appendix F) of the manifest. */
    signature: text("signature").notNull(),
    publicKey: jsonb("public_key").$type<Record<string, unknown>>().notNull(),
    madeAt: at("made_at").notNull().defaultNow(),
    entryId: uuid("entry_id").notNull(),
  },
  (t) => [
    primaryKey({ name: "review_packs_pkey", columns: [t.campaignId, t.version] }),
    foreignKey({
      name: "review_packs_campaign",
      columns: [t.campaignId],
      foreignColumns: [campaigns.id],
    }),
    foreignKey({
      name: "review_packs_entry",
      columns: [t.entryId],
      foreignColumns: [auditEntry.id],
    }),
  ],
);
