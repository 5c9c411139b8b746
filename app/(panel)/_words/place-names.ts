import type { StaffActor } from "#lib/kernel/actor.ts";
import { may, reach } from "#lib/staff/rights.ts";

/** What this reader's navigation calls the search, and every way back to it. */
export const searchName = (actor: StaffActor): string =>
  may(actor, "ask") || may(actor, "decide") ? "Search" : "Customers";

/** What it calls the sessions that are over. */
export const sessionsName = (actor: StaffActor): string =>
  reach(actor, "read_audit") === "own" ? "My sessions" : "Past sessions";

/** Where a session stands in a list: what lives, for who sees others' too, among those that live. */
export const listOf = (actor: StaffActor, isLive: boolean): { label: string; href: string } =>
  isLive && reach(actor, "see_live") === "all"
    ? { label: "Live sessions", href: "/sessions/live" }
    : { label: sessionsName(actor), href: "/sessions" };
