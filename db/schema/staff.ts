import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { roles, signInEnds, signInWays, staffKinds, staffStatuses } from "#lib/vocabulary.ts";
import { oneOf } from "./checks.ts";
import { at } from "./columns.ts";

/** People who sign in to the panel. Never subjects: guarded by triggers, by id and by mail. */
export const staff = pgTable(
  "staff",
  {
    id: uuid("id").primaryKey(),
    email: text("email").notNull(),
    name: text("name").notNull(),
    team: text("team").notNull(),
    zone: text("zone").notNull().default("UTC"),
    managerId: uuid("manager_id").references((): AnyPgColumn => staff.id),
    status: text("status", { enum: staffStatuses }).notNull().default("active"),
    kind: text("kind", { enum: staffKinds }).notNull().default("person"),
    deactivatedAt: at("deactivated_at"),
    /** When they were last let in again, by trigger: a role that was held before counts from then. Null: never suspended. */
    restoredAt: at("restored_at"),
    createdAt: at("created_at").notNull().defaultNow(),
    /** The entry of the last change made in the panel; null: set up by the owner. */
    changedEntryId: uuid("changed_entry_id"),
    /** The same for every row of one person, its own id where there is but one. Set by trigger. */
    personId: uuid("person_id").notNull().default(sql`null`),
    /** The entry of the last change of that; null: never changed. */
    personEntryId: uuid("person_entry_id"),
  },
  (t) => [
    index("staff_person").on(t.personId),
    uniqueIndex("staff_email").on(sql`lower(${t.email})`),
    index("staff_manager").on(t.managerId),
    // A user whose id in the product is that of a staff member is no subject.
    index("staff_id_text").on(sql`(${t.id}::text)`),
    index("staff_name").on(t.name, t.id),
    // Somebody is looked for by the beginnings of words (`lib/staff/find-staff.ts`).
    index("staff_words").using(
      "gin",
      sql`fold(' ' || translate(${t.name} || ' ' || ${t.email}, '-.@_', '    ')) gin_trgm_ops`,
    ),
    index("staff_team").on(t.team),
    index("staff_deactivated").on(t.deactivatedAt, t.id).where(sql`${t.deactivatedAt} is not null`),
    oneOf("staff_status", t.status, staffStatuses),
    oneOf("staff_kind", t.kind, staffKinds),
    check(
      "staff_deactivated_at",
      sql`(${t.status} = 'deactivated') = (${t.deactivatedAt} is not null)`,
    ),
  ],
);

/**
 * Whom each reported to, and when; null: nobody. Written by a trigger of `staff` alone: to change somebody's manager is to
 * change who may decide on what they ask.
 */
export const staffManagers = pgTable(
  "staff_managers",
  {
    staffId: uuid("staff_id")
      .notNull()
      .references(() => staff.id),
    managerId: uuid("manager_id").references(() => staff.id),
    since: at("since").notNull(),
    until: at("until"),
  },
  (t) => [
    primaryKey({ columns: [t.staffId, t.since] }),
    uniqueIndex("staff_managers_now").on(t.staffId).where(sql`${t.until} is null`),
    // Whom somebody ever led: most nobody.
    index("staff_managers_of").on(t.managerId),
    check("staff_managers_until", sql`${t.until} >= ${t.since}`),
  ],
);

/**
 * Grants of roles, kept for ever: who held what, when, given by whom. The unique index lets nobody hold a role
 * twice, nor `compliance` beside `agent` (DESIGN §2).
 */
export const staffRoles = pgTable(
  "staff_roles",
  {
    id: uuid("id").primaryKey(),
    staffId: uuid("staff_id")
      .notNull()
      .references(() => staff.id),
    role: text("role", { enum: roles }).notNull(),
    /** Null: given when the product was set up. */
    grantedBy: uuid("granted_by").references(() => staff.id),
    grantedAt: at("granted_at").notNull().defaultNow(),
    revokedBy: uuid("revoked_by").references(() => staff.id),
    revokedAt: at("revoked_at"),
    grantedEntryId: uuid("granted_entry_id"),
    revokedEntryId: uuid("revoked_entry_id"),
    /** An agent who may look and never act. */
    lookingOnly: boolean("looking_only").notNull().default(false),
    /** The group of the issuer by which it is held; null: given by a person, or at the set-up. */
    issuerGroup: text("issuer_group"),
  },
  (t) => [
    uniqueIndex("staff_roles_held_once")
      .on(
        t.staffId,
        sql`(case when ${t.role} in ('agent', 'compliance') then 'agent or compliance' else ${t.role} end)`,
      )
      .where(sql`${t.revokedAt} is null`),
    index("staff_roles_of").on(t.staffId),
    index("staff_roles_by_group")
      .on(t.issuerGroup)
      .where(sql`${t.issuerGroup} is not null and ${t.revokedAt} is null`),
    // Who approves: a few managers among thousands of agents.
    index("staff_roles_current").on(t.role, t.staffId).where(sql`${t.revokedAt} is null`),
    oneOf("staff_roles_role", t.role, roles),
    check("staff_roles_looking_only", sql`not ${t.lookingOnly} or ${t.role} = 'agent'`),
    index("staff_roles_since").on(t.grantedAt),
    index("staff_roles_revoked").on(t.revokedAt, t.id).where(sql`${t.revokedAt} is not null`),
  ],
);

/** One row per sign-in; the browser's cookie holds its id only (DESIGN §8). */
export const staffSignIns = pgTable(
  "staff_sign_ins",
  {
    id: uuid("id").primaryKey(),
    staffId: uuid("staff_id")
      .notNull()
      .references(() => staff.id),
    createdAt: at("created_at").notNull().defaultNow(),
    /** When the person last proved who they are (OpenID Connect `auth_time`). */
    authTime: at("auth_time").notNull().defaultNow(),
    lastActiveAt: at("last_active_at").notNull().defaultNow(),
    endedAt: at("ended_at"),
    endCause: text("end_cause", { enum: signInEnds }),
    how: text("how", { enum: signInWays }).notNull().default("persona"),
    /** The issuer's names for itself, the person and its own session; a logout there names one of the latter two. */
    issuer: text("issuer"),
    subject: text("subject"),
    sid: text("sid"),
    /** The ID token, encrypted: the hint of a logout at the issuer. Forgotten when the sign-in ends. */
    idToken: text("id_token"),
    /** How well they proved who they are, as the issuer says (OpenID Connect `acr`). */
    acr: text("acr"),
    /** Whether the issuer said when that was; else `authTime` is when it vouched for them. */
    authSaid: boolean("auth_said").notNull().default(true),
    /** The entry of the last time that they proved themselves anew. */
    renewedEntryId: uuid("renewed_entry_id"),
    /** Where it was begun, for the person alone; forgotten when it ends. */
    ip: text("ip"),
    userAgent: text("user_agent"),
  },
  (t) => [
    unique("staff_sign_ins_whose").on(t.id, t.staffId),
    index("staff_sign_ins_of").on(t.staffId).where(sql`${t.endedAt} is null`),
    // The last of each, for a review's thousands.
    index("staff_sign_ins_last").on(t.staffId, t.createdAt),
    check("staff_sign_ins_end", sql`(${t.endedAt} is null) = (${t.endCause} is null)`),
    oneOf("staff_sign_ins_how", t.how, signInWays),
    check(
      "staff_sign_ins_by_issuer",
      sql`(${t.how} = 'issuer') = (${t.issuer} is not null and ${t.subject} is not null)`,
    ),
    check(
      "staff_sign_ins_said",
      sql`length(${t.ip}) <= 64 and length(${t.userAgent}) <= 300 and length(${t.acr}) <= 200`,
    ),
    index("staff_sign_ins_sid").on(t.issuer, t.sid).where(sql`${t.endedAt} is null`),
    index("staff_sign_ins_subject").on(t.issuer, t.subject).where(sql`${t.endedAt} is null`),
  ],
);

/** A column that names somebody on the staff. */
export const person = (name: string) => uuid(name).references(() => staff.id);
