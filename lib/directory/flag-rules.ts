import {
  type AccountStance,
  accountStances,
  type Flag,
  type Tier,
  tiers,
} from "#lib/vocabulary.ts";

export type FlagValues = { tier: Tier; stance: AccountStance; vip: boolean };
export type FlagValue = FlagValues[Flag];

/** The values of each flag, from the loosest to the strictest. */
export const strictness: { [F in Flag]: readonly FlagValues[F][] } = {
  tier: tiers,
  stance: accountStances,
  vip: [false, true],
};

/** Below 0 where `next` is looser than `now`, above where it is stricter. */
export function compared(flag: Flag, now: FlagValue, next: FlagValue): number {
  const order: readonly FlagValue[] = strictness[flag];
  return order.indexOf(next) - order.indexOf(now);
}

export const isValueOf = (flag: Flag, value: FlagValue): boolean => {
  const order: readonly FlagValue[] = strictness[flag];
  return order.includes(value);
};

/**
 * What a push comes to: what is as strict or stricter than what is in force holds at once; what is looser leaves it, and
 * is proposed if the product did not say it before. `said` is what it said last; null: what is in force.
 */
export function afterPush<T extends FlagValue>(
  flag: Flag,
  now: { inForce: T; said: T | null },
  says: T,
): { inForce: T; said: T | null; isNews: boolean; isLooser: boolean } {
  const isLooser = compared(flag, now.inForce, says) < 0;
  return {
    inForce: isLooser ? now.inForce : says,
    said: now.said === null && says === now.inForce ? null : says,
    isNews: says !== (now.said ?? now.inForce),
    isLooser,
  };
}
