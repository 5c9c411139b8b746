import type { Period } from "#lib/evidence/controls/period.ts";
import { periodDays } from "#lib/kernel/days.ts";
import { periodTitle } from "#lib/reviews/rules.ts";

/** "Third quarter 2026 (1 July to 30 September 2026)", or only the days. */
export function periodWords({ firstDay, lastDay }: Pick<Period, "firstDay" | "lastDay">): string {
  const days = periodDays(firstDay, lastDay);
  const title = periodTitle(firstDay, lastDay);
  return title === days ? days : `${title} (${days})`;
}

/** A place in the evidence of a period, for an address. */
export const periodQuery = ({ firstDay, lastDay }: Pick<Period, "firstDay" | "lastDay">) => ({
  from: firstDay,
  to: lastDay,
});

/** "No lines", "One line", "3 lines": at the beginning of a title. */
export const counted = (n: number, what: string): string =>
  n === 0 ? `No ${what}s` : n === 1 ? `One ${what}` : `${n} ${what}s`;
