import type { Desk } from "./desk.ts";
import type { Random } from "./random.ts";
import type { Story } from "./story.ts";

/** What somebody ought to look at, in both quarters: of each kind some. */
export function oddities(_desk: Desk, _random: Random): Story[] {
  return [];
}
