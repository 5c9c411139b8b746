import { eq, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { requests } from "#db/schema/impersonation.ts";
import type { Policy } from "#lib/policy/policy.ts";
import type { Sensitivity } from "#lib/vocabulary.ts";

/** Of a request, what says how much a yes to it lets happen. */
export type Weight = {
  sensitiveBecause: readonly Sensitivity[];
  approvalsNeeded: number;
  requirements: readonly { votes: number }[];
  standingHours: number | null;
  breakGlass: boolean;
};

/**
 * Whether a yes may come by a button in Slack: where the policy lets it, and never for the most sensitive, which are read
 * on the page: regulated accounts, what wants two votes or a fresh sign-in, what stands for later sessions.
 */
export function mayApproveInSlack(policy: Policy, request: Weight): boolean {
  const { sensitiveBecause, approvalsNeeded, requirements, standingHours, breakGlass } = request;
  const wantsFresh = policy.freshSignIn.sensitiveApproval !== null && sensitiveBecause.length > 0;
  return (
    policy.approveInSlack &&
    !wantsFresh &&
    !sensitiveBecause.includes("regulated") &&
    approvalsNeeded <= 1 &&
    requirements.every(({ votes }) => votes <= 1) &&
    requirements.length <= 1 &&
    standingHours === null &&
    !breakGlass
  );
}

/** The same of a request that there is, by what its subject is at this moment too; null: none. */
export async function readWeight(db: Reader, requestId: string): Promise<Weight | null> {
  const [row] = await db
    .select({
      sensitiveBecause: sql<
        Sensitivity[]
      >`array(select distinct unnest(${requests.sensitiveBecause} || subject_sensitivity(${requests.subjectId})))`,
      approvalsNeeded: requests.approvalsNeeded,
      requirements: requests.requirements,
      standingHours: requests.standingHours,
      breakGlass: requests.breakGlass,
    })
    .from(requests)
    .where(eq(requests.id, requestId));
  return row ?? null;
}
