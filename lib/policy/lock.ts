import { desc, eq, sql } from "drizzle-orm";
import { clock, type Transaction } from "#db/client.ts";
import { policyVersions, policyWithdrawals } from "#db/schema/policy.ts";
import type { Json } from "#lib/audit/record.ts";
import { type PolicyBody, policyBody } from "./policy.ts";

export type LockedPolicy = {
  /** What is in force. */
  version: number;
  /** As it is stored, which the entry and the proposal of a change say. */
  stored: Json;
  body: PolicyBody;
  /** One that lies ahead. */
  scheduled: { version: number; inForceFrom: Date } | null;
  next: number;
  at: Date;
};

/** The policy in force while nobody else changes it, until the transaction is over. Throws when there is none. */
export async function lockPolicy(tx: Transaction): Promise<LockedPolicy> {
  await tx.execute(sql`select hold_policy()`);
  const { rows } = await tx.execute<{ version: number; body: Json; last: number }>(
    sql`select version, body, (select max(version) from policy_versions) as last from policy_now`,
  );
  const [row] = rows;
  if (!row) throw new Error("No policy is in force");
  const [scheduled] = await tx
    .select({ version: policyVersions.version, inForceFrom: policyVersions.inForceFrom })
    .from(policyVersions)
    .leftJoin(policyWithdrawals, eq(policyWithdrawals.version, policyVersions.version))
    .where(
      sql`${policyVersions.inForceFrom} > clock_timestamp() and ${policyWithdrawals.version} is null`,
    )
    .orderBy(desc(policyVersions.version))
    .limit(1);
  return {
    version: row.version,
    stored: row.body,
    body: policyBody.parse(row.body),
    scheduled: scheduled ?? null,
    next: row.last + 1,
    at: await clock(tx),
  };
}
