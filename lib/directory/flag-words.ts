import type { Flag } from "#lib/vocabulary.ts";
import type { FlagValue } from "./flag-rules.ts";

/** “Tier”, as the heading of a flag. */
export const flagNames: Record<Flag, string> = {
  tier: "Tier",
  stance: "Standing in",
  vip: "VIP",
};

/** “opted out” */
export function flagWord(flag: Flag, value: FlagValue): string {
  if (flag === "vip") return value ? "a VIP" : "no VIP";
  return String(value).replace("_", " ");
}

/** “tier from regulated to standard” */
export const flagSentence = (flag: Flag, before: FlagValue, after: FlagValue): string =>
  flag === "vip"
    ? `from ${flagWord(flag, before)} to ${flagWord(flag, after)}`
    : `${flagNames[flag].toLowerCase()} from ${flagWord(flag, before)} to ${flagWord(flag, after)}`;
