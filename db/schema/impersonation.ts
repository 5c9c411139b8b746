import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import {
  type ApproverKind,
  callerChecks,
  effects,
  endCauses,
  lawfulBases,
  phases,
  reasonCategories,
  requestStatuses,
  scopes,
  sensitivities,
  votes,
} from "#lib/vocabulary.ts";
import { oneOf } from "./checks.ts";
import { at, bytea } from "./columns.ts";
import { products, subjects } from "./directory.ts";
import { policyVersions } from "./policy.ts";
import { person, staff, staffSignIns } from "./staff.ts";

export const requestNumbers = pgSequence("request_numbers", { startWith: 20601 });
export const sessionNumbers = pgSequence("session_numbers", { startWith: 41101 });

/**
 * What an actor asks for. Triggers freeze the ask, its sensitivity and its hash, allow only the moves of DESIGN §5,
 * and refuse `granted` without the votes. Every state refers to its entry: a change without it cannot commit.
 */
export const requests = pgTable(
  "requests",
  {
    id: uuid("id").primaryKey(),
    number: integer("number").notNull().unique().default(sql`nextval('request_numbers')`),
    actorId: uuid("actor_id")
      .notNull()
      .references(() => staff.id),
    subjectId: uuid("subject_id").notNull(),
    accountId: uuid("account_id").notNull(),
    productId: uuid("product_id")
      .notNull()
      .references(() => products.id),
    scope: text("scope", { enum: scopes }).notNull(),
    minutes: integer("minutes").notNull(),
    reasonCategory: text("reason_category", { enum: reasonCategories }).notNull(),
    lawfulBasis: text("lawful_basis", { enum: lawfulBases }).notNull(),
    reason: text("reason").notNull(),
    callerCheck: text("caller_check", { enum: callerChecks }).notNull(),
    ticket: text("ticket"),
    /** A page of the product's own origin to land on (`target_link_uri`). */
    targetLinkUri: text("target_link_uri"),
    /** The page of the panel to lead back to after the end. */
    returnPath: text("return_path").notNull().default("/"),
    policyVersion: integer("policy_version")
      .notNull()
      .references(() => policyVersions.version),
    /** Frozen by trigger at the ask, from the account and the user as they are then. */
    sensitive: boolean("sensitive").notNull().default(false),
    sensitiveBecause: text("sensitive_because", { enum: sensitivities })
      .array()
      .notNull()
      .default([]),
    approvalsNeeded: integer("approvals_needed").notNull(),
    /** SHA-256 of the ask; votes hold for exactly this. Set by trigger. */
    askHash: bytea("ask_hash").notNull().default(sql`''`),
    status: text("status", { enum: requestStatuses }).notNull().default("pending"),
    createdAt: at("created_at").notNull().defaultNow(),
    lapsesAt: at("lapses_at").notNull(),
    grantedAt: at("granted_at"),
    grantedMinutes: integer("granted_minutes"),
    /** A granted request lapses unless it starts by then. Set by trigger. */
    startBy: at("start_by"),
    closedAt: at("closed_at"),
    askedEntryId: uuid("asked_entry_id").notNull(),
    grantedEntryId: uuid("granted_entry_id"),
    closedEntryId: uuid("closed_entry_id"),
    /** What the rules of the policy want, frozen at the ask by trigger: each must be met by votes. */
    requirements: jsonb("requirements")
      .$type<{ by: ApproverKind; votes: number }[]>()
      .notNull()
      .default([]),
    /** Starts without the approval that the policy wants, loudly. */
    breakGlass: boolean("break_glass").notNull().default(false),
    /** Asked to stand for the account and its ticket, for so many hours from the grant. */
    standingHours: integer("standing_hours"),
    /** The request whose approval stands for this one. */
    standingOf: uuid("standing_of").references((): AnyPgColumn => requests.id),
    standingEndedAt: at("standing_ended_at"),
    standingEndedBy: person("standing_ended_by"),
    standingEndedEntryId: uuid("standing_ended_entry_id"),
    /** The session that ended when its account became sensitive: the policy asks for it anew. */
    carriedFrom: uuid("carried_from").references((): AnyPgColumn => sessions.id),
  },
  (t) => [
    index("requests_standing")
      .on(t.actorId, t.accountId, t.createdAt)
      .where(sql`${t.standingHours} is not null`),
    uniqueIndex("requests_carried_from").on(t.carriedFrom).where(sql`${t.carriedFrom} is not null`),
    check("requests_standing_hours", sql`${t.standingHours} between 1 and 24`),
    check(
      "requests_standing_ended",
      sql`(${t.standingEndedAt} is null) = (${t.standingEndedBy} is null) and (${t.standingEndedAt} is null) = (${t.standingEndedEntryId} is null)`,
    ),
    foreignKey({
      name: "requests_subject_account",
      columns: [t.subjectId, t.accountId],
      foreignColumns: [subjects.id, subjects.accountId],
    }),
    unique("requests_ask").on(t.id, t.actorId, t.subjectId, t.productId, t.scope),
    index("requests_queue").on(t.createdAt, t.id).where(sql`${t.status} = 'pending'`),
    index("requests_due").on(t.lapsesAt).where(sql`${t.status} in ('pending', 'granted')`),
    index("requests_actor").on(t.actorId, t.createdAt, t.id),
    index("requests_subject").on(t.subjectId, t.createdAt, t.id),
    index("requests_account").on(t.accountId, t.createdAt, t.id),
    index("requests_closed").on(t.closedAt, t.id),
    index("requests_decided")
      .on(t.closedAt, t.id)
      .where(sql`${t.approvalsNeeded} > 0 and ${t.closedAt} is not null`),
    index("requests_granted_now").on(t.grantedAt, t.id).where(sql`${t.status} = 'granted'`),
    oneOf("requests_scope", t.scope, scopes),
    oneOf("requests_status", t.status, requestStatuses),
    oneOf("requests_reason_category", t.reasonCategory, reasonCategories),
    oneOf("requests_lawful_basis", t.lawfulBasis, lawfulBases),
    oneOf("requests_caller_check", t.callerCheck, callerChecks),
    check("requests_return_path", sql`${t.returnPath} ~ '^/([^/\\\\]|$)'`),
    check("requests_minutes", sql`${t.minutes} between 1 and 60`),
    check("requests_granted_minutes", sql`${t.grantedMinutes} between 1 and ${t.minutes}`),
    check("requests_reason_length", sql`char_length(${t.reason}) between 10 and 500`),
    check(
      "requests_granted",
      sql`(${t.grantedAt} is null) = (${t.grantedMinutes} is null) and (${t.grantedAt} is null) = (${t.startBy} is null) and (${t.grantedAt} is null) = (${t.grantedEntryId} is null)`,
    ),
    check(
      "requests_closed_entry",
      sql`(${t.status} in ('pending', 'granted')) = (${t.closedAt} is null) and (${t.closedAt} is null) = (${t.closedEntryId} is null)`,
    ),
    check(
      "requests_used_was_granted",
      sql`${t.status} not in ('granted', 'used') or ${t.grantedAt} is not null`,
    ),
    check(
      "requests_sensitive_needs_approval",
      sql`not ${t.sensitive} or ${t.breakGlass} or ${t.approvalsNeeded} >= 1`,
    ),
    check(
      "requests_standing_by_ticket",
      sql`${t.standingHours} is null or (${t.ticket} is not null and ${t.standingOf} is null and not ${t.breakGlass})`,
    ),
    check("requests_approvals_needed", sql`${t.approvalsNeeded} between 0 and 2`),
  ],
);

/**
 * One vote of one other person on one request. Never changed; a trigger checks who votes, on what, and when. Whether it
 * counts is asked anew at every grant and start (`votes_meet`).
 */
export const approvals = pgTable(
  "approvals",
  {
    id: uuid("id").primaryKey(),
    requestId: uuid("request_id")
      .notNull()
      .references(() => requests.id),
    approverId: uuid("approver_id")
      .notNull()
      .references(() => staff.id),
    vote: text("vote", { enum: votes }).notNull(),
    /** At most these; null on a denial. */
    minutes: integer("minutes"),
    comment: text("comment"),
    askHash: bytea("ask_hash").notNull(),
    policyVersion: integer("policy_version")
      .notNull()
      .references(() => policyVersions.version),
    createdAt: at("created_at").notNull().defaultNow(),
    entryId: uuid("entry_id").notNull(),
    /** With which sign-in; null where it was cast from elsewhere than the panel. */
    signInId: uuid("sign_in_id"),
    /** Whether that was as fresh as the policy wanted of a yes to what is sensitive. Set by trigger. */
    byFreshSignIn: boolean("by_fresh_sign_in").notNull().default(false),
  },
  (t) => [
    foreignKey({
      name: "approvals_own_sign_in",
      columns: [t.signInId, t.approverId],
      foreignColumns: [staffSignIns.id, staffSignIns.staffId],
    }),
    uniqueIndex("approvals_one_vote").on(t.requestId, t.approverId),
    index("approvals_by").on(t.approverId, t.createdAt),
    oneOf("approvals_vote", t.vote, votes),
    check(
      "approvals_minutes",
      sql`(${t.vote} = 'approve') = (${t.minutes} is not null) and ${t.minutes} between 1 and 60`,
    ),
    check(
      "approvals_denial_says_why",
      sql`${t.vote} <> 'deny' or char_length(trim(coalesce(${t.comment}, ''))) >= 3`,
    ),
  ],
);

/**
 * The impersonation itself: one per granted request, one live per actor (partial unique index), 60 minutes at most
 * (check; start and end are set by trigger), ended once and never re-opened.
 */
export const sessions = pgTable(
  "sessions",
  {
    id: uuid("id").primaryKey(),
    number: integer("number").notNull().unique().default(sql`nextval('session_numbers')`),
    requestId: uuid("request_id").notNull().unique(),
    actorId: uuid("actor_id").notNull(),
    subjectId: uuid("subject_id").notNull(),
    accountId: uuid("account_id").notNull(),
    productId: uuid("product_id").notNull(),
    scope: text("scope", { enum: scopes }).notNull(),
    minutes: integer("minutes").notNull(),
    policyVersion: integer("policy_version")
      .notNull()
      .references(() => policyVersions.version),
    /** Minutes without a request after which it ends (policy, 5 to 60). */
    idleMinutes: integer("idle_minutes").notNull().default(10),
    /** The sign-in that started it: its end ends the session. */
    signInId: uuid("sign_in_id").notNull(),
    startedAt: at("started_at").notNull().defaultNow(),
    expiresAt: at("expires_at").notNull().defaultNow(),
    lastActiveAt: at("last_active_at").notNull().defaultNow(),
    endedAt: at("ended_at"),
    endCause: text("end_cause", { enum: endCauses }),
    /** Staff who ended it; null where a rule, the product or the customer did. */
    endedBy: uuid("ended_by").references(() => staff.id),
    endComment: text("end_comment"),
    startedEntryId: uuid("started_entry_id").notNull(),
    endedEntryId: uuid("ended_entry_id"),
    /** From when on a session for acting is for looking only, once and for good; its scope stays what it was for. */
    narrowedAt: at("narrowed_at"),
    narrowedEntryId: uuid("narrowed_entry_id"),
  },
  (t) => [
    foreignKey({
      name: "sessions_of_request",
      columns: [t.requestId, t.actorId, t.subjectId, t.productId, t.scope],
      foreignColumns: [
        requests.id,
        requests.actorId,
        requests.subjectId,
        requests.productId,
        requests.scope,
      ],
    }),
    foreignKey({
      name: "sessions_own_sign_in",
      columns: [t.signInId, t.actorId],
      foreignColumns: [staffSignIns.id, staffSignIns.staffId],
    }),
    uniqueIndex("sessions_one_live_per_actor").on(t.actorId).where(sql`${t.endedAt} is null`),
    index("sessions_due").on(t.expiresAt).where(sql`${t.endedAt} is null`),
    index("sessions_started").on(t.startedAt, t.id),
    index("sessions_actor").on(t.actorId, t.startedAt, t.id),
    index("sessions_subject").on(t.subjectId, t.startedAt, t.id),
    index("sessions_account").on(t.accountId, t.startedAt, t.id, t.actorId),
    index("sessions_product").on(t.productId, t.startedAt, t.id),
    oneOf("sessions_scope", t.scope, scopes),
    oneOf("sessions_end_cause", t.endCause, endCauses),
    check("sessions_minutes", sql`${t.minutes} between 1 and 60`),
    check("sessions_idle_minutes", sql`${t.idleMinutes} between 5 and 60`),
    check("sessions_sixty_minutes", sql`${t.expiresAt} <= ${t.startedAt} + interval '60 minutes'`),
    check(
      "sessions_end",
      sql`(${t.endedAt} is null) = (${t.endCause} is null) and (${t.endedAt} is null) = (${t.endedEntryId} is null)`,
    ),
    check("sessions_end_after_start", sql`${t.endedAt} >= ${t.startedAt}`),
    check(
      "sessions_narrowed",
      sql`(${t.narrowedAt} is null) = (${t.narrowedEntryId} is null) and (${t.narrowedAt} is null or ${t.scope} = 'write')`,
    ),
  ],
);

/** Access tokens by `jti` (RFC 9068). The newest of a session is in force; the token itself is stored nowhere. */
export const tokens = pgTable(
  "tokens",
  {
    jti: uuid("jti").primaryKey(),
    sessionId: uuid("session_id")
      .notNull()
      .references(() => sessions.id),
    issuedAt: at("issued_at").notNull(),
    retiredAt: at("retired_at"),
  },
  (t) => [uniqueIndex("tokens_one_in_force").on(t.sessionId).where(sql`${t.retiredAt} is null`)],
);

/** Authorization codes: 60 s, single use, as SHA-256 (RFC 6749 §4.1.2, RFC 9700). */
export const authorizationCodes = pgTable(
  "authorization_codes",
  {
    hash: bytea("hash").primaryKey(),
    sessionId: uuid("session_id")
      .notNull()
      .references(() => sessions.id),
    productId: uuid("product_id")
      .notNull()
      .references(() => products.id),
    redirectUri: text("redirect_uri").notNull(),
    codeChallenge: text("code_challenge").notNull(),
    createdAt: at("created_at").notNull(),
    expiresAt: at("expires_at").notNull(),
    consumedAt: at("consumed_at"),
  },
  (t) => [
    index("authorization_codes_session").on(t.sessionId),
    check(
      "authorization_codes_sixty_seconds",
      sql`${t.expiresAt} <= ${t.createdAt} + interval '60 seconds'`,
    ),
  ],
);

/** What was done in a product. A write is here, with its entry, before it runs; `done` adds its outcome. */
export const actions = pgTable(
  "actions",
  {
    /** Made by the product: makes reports idempotent within a session. */
    id: uuid("id").notNull(),
    sessionId: uuid("session_id")
      .notNull()
      .references(() => sessions.id),
    seq: integer("seq").notNull(),
    phase: text("phase", { enum: phases }).notNull(),
    effect: text("effect", { enum: effects }).notNull(),
    method: text("method").notNull(),
    route: text("route").notNull(),
    resource: text("resource"),
    kinds: text("kinds").array().notNull().default([]),
    changes: jsonb("changes").$type<{ field: string; before?: string; after?: string }[]>(),
    refusal: text("refusal"),
    status: integer("status"),
    happenedAt: at("happened_at").notNull(),
    doneAt: at("done_at"),
    entryId: uuid("entry_id").notNull(),
    doneEntryId: uuid("done_entry_id"),
  },
  (t) => [
    uniqueIndex("actions_once").on(t.sessionId, t.id),
    index("actions_timeline").on(t.sessionId, t.happenedAt, t.seq),
    // How many writes: few, among any number of views.
    index("actions_writes").on(t.sessionId).where(sql`${t.phase} = 'attempt'`),
    oneOf("actions_phase", t.phase, ["view", "attempt", "refused"]),
    oneOf("actions_effect", t.effect, effects),
    check("actions_done", sql`(${t.doneAt} is null) = (${t.doneEntryId} is null)`),
  ],
);

/** While a row is not lifted, nothing starts anywhere. */
export const globalStops = pgTable(
  "global_stops",
  {
    id: uuid("id").primaryKey(),
    startedAt: at("started_at").notNull().defaultNow(),
    startedBy: uuid("started_by")
      .notNull()
      .references(() => staff.id),
    reason: text("reason").notNull(),
    liftedAt: at("lifted_at"),
    liftedBy: uuid("lifted_by").references(() => staff.id),
    startedEntryId: uuid("started_entry_id").notNull(),
    liftedEntryId: uuid("lifted_entry_id"),
  },
  (t) => [
    uniqueIndex("global_stops_one")
      .on(sql`(${t.liftedAt} is null)`)
      .where(sql`${t.liftedAt} is null`),
    check("global_stops_lifted", sql`(${t.liftedAt} is null) = (${t.liftedEntryId} is null)`),
  ],
);

/**
 * Refusals of callers without a name, and refusals by limit, counted by source, actor and minute; the worker makes one
 * entry of each minute.
 */
export const countedRefusals = pgTable(
  "counted_refusals",
  {
    id: uuid("id").primaryKey(),
    event: text("event").notNull(),
    source: text("source").notNull(),
    code: text("code").notNull(),
    minute: at("minute").notNull(),
    count: integer("count").notNull().default(1),
    /** Who met a limit, where that is known. */
    actorId: uuid("actor_id"),
  },
  (t) => [
    unique("counted_refusals_minute")
      .on(t.minute, t.event, t.source, t.code, t.actorId)
      .nullsNotDistinct(),
  ],
);
