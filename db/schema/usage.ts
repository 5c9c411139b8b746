import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { events, scopes, tiers } from "#lib/vocabulary.ts";
import { at } from "./columns.ts";

/*
 * What the log adds up to. `roll_up` alone writes here, in the transaction in which it reads the log on, so that each
 * entry counts once. No foreign keys: the entries have none either.
 */

/** Of the sessions that began then. `outside` of working hours, `wrote` anything; `seconds` and `wrote` once they ended. */
const counts = {
  sessions: integer("sessions").notNull(),
  sensitive: integer("sensitive").notNull(),
  outside: integer("outside").notNull(),
  ended: integer("ended").notNull(),
  wrote: integer("wrote").notNull(),
  seconds: bigint("seconds", { mode: "number" }).notNull(),
  reads: integer("reads").notNull(),
  /** All of them; those that change data are what is left by the next three. */
  writes: integer("writes").notNull(),
  configuration: integer("configuration").notNull(),
  messages: integer("messages").notNull(),
  exports: integer("exports").notNull(),
  /** By the product. */
  refusals: integer("refusals").notNull(),
};

/** One person's days, in the company's zone. */
export const usageDays = pgTable(
  "usage_days",
  {
    actorId: uuid("actor_id").notNull(),
    day: date("day").notNull(),
    tier: text("tier", { enum: tiers }).notNull(),
    scope: text("scope", { enum: scopes }).notNull(),
    ...counts,
  },
  (t) => [primaryKey({ name: "usage_days_pkey", columns: [t.actorId, t.day, t.tier, t.scope] })],
);

/** Everybody's days. */
export const usageTotals = pgTable(
  "usage_totals",
  {
    day: date("day").notNull(),
    tier: text("tier", { enum: tiers }).notNull(),
    scope: text("scope", { enum: scopes }).notNull(),
    ...counts,
  },
  (t) => [primaryKey({ name: "usage_totals_pkey", columns: [t.day, t.tier, t.scope] })],
);

/** When sessions began in their actors' own days; `day` is the company's. */
export const usageHours = pgTable(
  "usage_hours",
  {
    day: date("day").notNull(),
    /** ISO: Monday is 1. */
    weekday: integer("weekday").notNull(),
    hour: integer("hour").notNull(),
    sessions: integer("sessions").notNull(),
    outside: integer("outside").notNull(),
  },
  (t) => [primaryKey({ name: "usage_hours_pkey", columns: [t.day, t.weekday, t.hour] })],
);

/** Which accounts somebody touched in a quarter, so that none counts twice. */
export const usageAccounts = pgTable(
  "usage_accounts",
  {
    quarter: date("quarter").notNull(),
    actorId: uuid("actor_id").notNull(),
    accountId: uuid("account_id").notNull(),
  },
  (t) => [
    primaryKey({ name: "usage_accounts_pkey", columns: [t.quarter, t.actorId, t.accountId] }),
  ],
);

/** One person's quarter, for comparing many. */
export const usageQuarters = pgTable(
  "usage_quarters",
  {
    quarter: date("quarter").notNull(),
    actorId: uuid("actor_id").notNull(),
    accounts: integer("accounts").notNull(),
    acting: integer("acting").notNull(),
    ...counts,
  },
  (t) => [primaryKey({ name: "usage_quarters_pkey", columns: [t.quarter, t.actorId] })],
);

const decisions = {
  approved: integer("approved").notNull(),
  denied: integer("denied").notNull(),
  seconds: bigint("seconds", { mode: "number" }).notNull(),
  /** Approved in less than the policy's `quickSeconds`. */
  quick: integer("quick").notNull(),
};

/** Who decided on whose requests, on the day of the decision; `seconds` from the ask to it. */
export const usageApprovals = pgTable(
  "usage_approvals",
  {
    day: date("day").notNull(),
    approverId: uuid("approver_id").notNull(),
    actorId: uuid("actor_id").notNull(),
    ...decisions,
  },
  (t) => [
    primaryKey({ name: "usage_approvals_pkey", columns: [t.day, t.approverId, t.actorId] }),
    index("usage_approvals_by").on(t.approverId, t.day),
    index("usage_approvals_of").on(t.actorId, t.day),
  ],
);

/** The same of a quarter, for finding the largest. */
export const usagePairs = pgTable(
  "usage_pairs",
  {
    quarter: date("quarter").notNull(),
    approverId: uuid("approver_id").notNull(),
    actorId: uuid("actor_id").notNull(),
    ...decisions,
  },
  (t) => [primaryKey({ name: "usage_pairs_pkey", columns: [t.quarter, t.approverId, t.actorId] })],
);

/** Refusals of every kind, on the day of their entry; counted ones by their number. */
export const usageRefusals = pgTable(
  "usage_refusals",
  {
    /** Null: nobody by name. */
    actorId: uuid("actor_id"),
    day: date("day").notNull(),
    event: text("event", { enum: events }).notNull(),
    refusals: integer("refusals").notNull(),
  },
  (t) => [
    unique("usage_refusals_once").on(t.actorId, t.day, t.event).nullsNotDistinct(),
    index("usage_refusals_day").on(t.day),
  ],
);

/** The zone whose days the figures are by; with another all is counted anew. */
export const usageZone = pgTable(
  "usage_zone",
  {
    one: boolean("one").primaryKey().default(true),
    zone: text("zone").notNull(),
    since: at("since").notNull(),
  },
  (t) => [check("usage_zone_one", sql`${t.one}`)],
);
