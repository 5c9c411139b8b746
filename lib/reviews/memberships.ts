import type { RosterLine } from "./roster.ts";

/** Whether somebody is in a group; unknown where the roster does not say. */
export type Membership = "in" | "out" | "unknown";

/**
 * What a roster tells of who is in which group of the issuer; null where it has no groups. Of somebody who is not in the
 * roster it tells nothing, nor of a group that no line of it names: that may be another word for it.
 */
export function membershipIn(
  roster: readonly RosterLine[],
): ((email: string, group: string) => Membership) | null {
  const of = new Map<string, ReadonlySet<string>>();
  const named = new Set<string>();
  for (const { email, groups } of roster) {
    if (!groups) continue;
    of.set(email, new Set(groups));
    for (const group of groups) named.add(group);
  }
  if (of.size === 0) return null;
  return (email, group) => {
    const groups = of.get(email.toLowerCase());
    const wanted = group.trim().toLowerCase();
    if (!groups || !named.has(wanted)) return "unknown";
    return groups.has(wanted) ? "in" : "out";
  };
}
