import { z } from "zod";
import { mostGroups } from "#lib/staff/group-rules.ts";

const list = z.union([
  z.array(z.string().max(1000)).max(mostGroups),
  z
    .string()
    .max(1000)
    .transform((one) => [one]),
]);

/**
 * The groups that a token names under this claim; null where it names none, or says that they are too many to name (the
 * overage claim of some issuers, `_claim_names`): who is in which is then unknown, and nothing follows from it.
 */
export function groupsIn(claims: Record<string, unknown>, claim: string): string[] | null {
  const elsewhere = z.record(z.string(), z.unknown()).safeParse(claims._claim_names);
  if (elsewhere.success && claim in elsewhere.data) return null;
  if (!Object.hasOwn(claims, claim)) return null;
  const named = list.safeParse(claims[claim]);
  return named.success ? [...new Set(named.data)] : null;
}
