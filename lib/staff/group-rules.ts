import type { Role } from "#lib/vocabulary.ts";

export type Given = { role: Role; lookingOnly: boolean; group: string };
export type HeldGrant = { id: string; role: Role; lookingOnly: boolean; group: string | null };

/** More than these an issuer does not say in a token: what comes after is not read. */
export const mostGroups = 1000;

/**
 * What the groups of somebody change, against what they hold. A role that they hold by hand is left alone, and none is
 * given beside it; of several groups that make an agent, one that lets act counts; who would become agent and compliance
 * at once becomes neither.
 */
export function groupChanges(
  held: readonly HeldGrant[],
  mapped: readonly Given[],
  groups: readonly string[],
): { take: { id: string; role: Role; group: string }[]; give: Given[] } {
  const byHand = held.filter(({ group }) => group === null).map(({ role }) => role);
  const wanted = new Map<Role, Given>();
  for (const one of mapped) {
    if (!groups.includes(one.group) || byHand.includes(one.role)) continue;
    const before = wanted.get(one.role);
    if (!before || (before.lookingOnly && !one.lookingOnly)) wanted.set(one.role, one);
  }
  const excludes = (one: Role, other: Role) =>
    wanted.has(one) && (wanted.has(other) || byHand.includes(other));
  const [noAgent, noCompliance] = [
    excludes("agent", "compliance"),
    excludes("compliance", "agent"),
  ];
  if (noAgent) wanted.delete("agent");
  if (noCompliance) wanted.delete("compliance");
  const isWanted = (grant: HeldGrant) => {
    const one = wanted.get(grant.role);
    return one?.group === grant.group && one.lookingOnly === grant.lookingOnly;
  };
  const take = held.flatMap((grant) =>
    grant.group !== null && !isWanted(grant)
      ? [{ id: grant.id, role: grant.role, group: grant.group }]
      : [],
  );
  const stays = held.filter(isWanted).map(({ role }) => role);
  return { take, give: [...wanted.values()].filter(({ role }) => !stays.includes(role)) };
}
