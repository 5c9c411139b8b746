import { desc } from "drizzle-orm";
import { z } from "zod";
import type { Reader } from "#db/client.ts";
import { policyVersions } from "#db/schema/directory.ts";
import { lawfulBases, type ReasonCategory, reasonCategories } from "#lib/vocabulary.ts";

/** The rules that a company sets for itself. Minutes are minutes; the schema's own limits still hold above them. */
export const policyBody = z.object({
  approvals: z.object({ sensitive: z.int().min(1).max(2) }),
  lapseMinutes: z.int().min(5).max(1440),
  startWithinMinutes: z.int().min(1).max(30),
  idleMinutes: z.int().min(5).max(60),
  maxMinutes: z.int().min(1).max(60),
  exportsInWrite: z.boolean(),
  /** How many people one actor may stand in for; the schema knows the same defaults (`breadth_limit`). */
  breadth: z
    .object({ hour: z.int().min(1).max(1000), day: z.int().min(1).max(10_000) })
    .default({ hour: 20, day: 120 }),
  ticketPattern: z.string().max(200),
  reasons: z
    .array(
      z.object({
        category: z.enum(reasonCategories),
        label: z.string(),
        hint: z.string(),
        basis: z.enum(lawfulBases),
        ticket: z.enum(["required", "optional"]),
      }),
    )
    .min(1),
});
export type Policy = z.infer<typeof policyBody> & { version: number; inForceFrom: Date };
export type Reason = Policy["reasons"][number];

/** The policy in force. Throws when there is none: without rules nothing may start. */
export async function currentPolicy(tx: Reader): Promise<Policy> {
  const [row] = await tx
    .select({
      version: policyVersions.version,
      body: policyVersions.body,
      inForceFrom: policyVersions.inForceFrom,
    })
    .from(policyVersions)
    .orderBy(desc(policyVersions.version))
    .limit(1);
  if (!row) throw new Error("No policy is in force");
  return { ...policyBody.parse(row.body), version: row.version, inForceFrom: row.inForceFrom };
}

/** The policy's words for a reason category; the category itself where the policy has dropped it. */
export const reasonLabel = (policy: Policy, category: ReasonCategory): string =>
  policy.reasons.find((reason) => reason.category === category)?.label ?? category;
