import { sql } from "drizzle-orm";
import { has, type StaffActor } from "#lib/kernel/actor.ts";
import { outOfReach, type Reached, type ReachRule } from "./reach.ts";

/** The rules of reach in force, to be read with a customer; asked once for all rows of a select. */
export const reachRulesSql = sql<ReachRule[]>`(
  select coalesce(json_agg(json_strip_nulls(json_build_object('team', team, 'regions', regions, 'tiers', tiers,
    'products', products, 'subjectRoles', subject_roles))), '[]') from reach_rules)`;

/** Why this customer is not one for this reader to stand in for, in a sentence; null where they may, or are no agent. */
export const notTheirs = (
  actor: StaffActor,
  customer: Reached,
  rules: readonly ReachRule[],
): string | null => (has(actor, "agent") ? outOfReach(actor.team, customer, rules) : null);

/** Whether a customer that is not theirs is kept from this reader: not from who decides, reviews or settles for all. */
export const isKept = (actor: StaffActor, why: string | null): boolean =>
  why !== null && !(["manager", "compliance", "admin"] as const).some((role) => has(actor, role));

/** As much of a person as says whose they are: neither mail nor id, nor anything that they are or did. */
export const keptBack = {
  isKept: true,
  externalId: null,
  email: null,
  role: "",
  isOwner: false,
  isVip: false,
  lastSeenAt: null,
} as const;
