import { and, desc, eq, lt, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { policyVersions, policyWithdrawals } from "#db/schema/policy.ts";
import { proposals } from "#db/schema/proposals.ts";
import { staff } from "#db/schema/staff.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Difference, differences } from "./differences.ts";
import { policyBody } from "./policy.ts";

const changer = alias(staff, "changer");
const proposer = alias(staff, "proposer");
const withdrawer = alias(staff, "withdrawer");

export type VersionState = "in_force" | "ahead" | "past" | "withdrawn";

const select = ({ db }: Ctx) =>
  db
    .select({
      version: policyVersions.version,
      body: policyVersions.body,
      inForceFrom: policyVersions.inForceFrom,
      changedAt: policyVersions.changedAt,
      reason: policyVersions.reason,
      /** Null: the set-up. */
      changedBy: changer.name,
      /** Who proposed it, where somebody else put it into force. */
      proposedBy: proposer.name,
      proposal: proposals.number,
      withdrawnBy: withdrawer.name,
      withdrawnAt: policyWithdrawals.withdrawnAt,
      withdrawnBecause: policyWithdrawals.reason,
      state: sql<VersionState>`case when ${policyWithdrawals.version} is not null then 'withdrawn'
        when ${policyVersions.version} = policy_version_in_force() then 'in_force'
        when ${policyVersions.inForceFrom} > clock_timestamp() then 'ahead' else 'past' end`,
    })
    .from(policyVersions)
    .leftJoin(changer, eq(changer.id, policyVersions.changedBy))
    .leftJoin(proposals, eq(proposals.id, policyVersions.proposalId))
    .leftJoin(proposer, eq(proposer.id, proposals.proposedBy))
    .leftJoin(policyWithdrawals, eq(policyWithdrawals.version, policyVersions.version))
    .leftJoin(withdrawer, eq(withdrawer.id, policyWithdrawals.withdrawnBy))
    .$dynamic();
type Row = Awaited<ReturnType<typeof select>>[number];
export type PolicyVersion = Omit<Row, "body"> & {
  /** Against the one that it followed; empty for the first. */
  changes: Difference[];
};

/** Versions, newest first, each with its differences; `before` is where the page begins. */
export async function readVersions(
  ctx: Ctx,
  { before, limit = 20 }: { before?: number; limit?: number } = {},
): Promise<{ versions: PolicyVersion[]; older: number | null }> {
  const rows = await select(ctx)
    .where(and(before === undefined ? undefined : lt(policyVersions.version, before)))
    .orderBy(desc(policyVersions.version))
    .limit(limit + 1);
  const versions = rows.slice(0, limit).map(({ body, ...row }, i) => {
    // What was withdrawn was followed by nothing.
    const was = rows.slice(i + 1).find(({ state }) => state !== "withdrawn");
    const changes = was ? differences(policyBody.parse(was.body), policyBody.parse(body)) : [];
    return { ...row, changes };
  });
  const older = rows.length > limit ? (versions.at(-1)?.version ?? null) : null;
  return { versions, older };
}

/** The one that lies ahead, or null. */
export async function readScheduled(ctx: Ctx) {
  const { versions } = await readVersions(ctx, { limit: 3 });
  return versions.find(({ state }) => state === "ahead") ?? null;
}
