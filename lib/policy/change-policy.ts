import type { Json } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { propose } from "#lib/proposals/propose.ts";
import { requireFresh } from "#lib/staff/fresh.ts";
import { may } from "#lib/staff/rights.ts";
import { differences, namesOf } from "./differences.ts";
import { lockPolicy } from "./lock.ts";
import { loosens } from "./loosens.ts";
import { putVersion } from "./put-version.ts";
import type { ChangePolicy } from "./schemas.ts";

export type ChangedPolicy =
  | { how: "changed"; version: number; inForceFrom: Date }
  | { how: "proposed"; number: number };

const farthestMs = 365 * 24 * 3_600_000;

/**
 * Changes the rules: in force at once, or from a day on. What is looser in anything waits for a second person. Refuses
 * with `not_allowed`, `sign_in_again`, `policy_changed` (somebody else changed it meanwhile), or `invalid` (nothing is
 * different, or the day is none).
 */
export const changePolicy = (
  ctx: Ctx<StaffActor>,
  input: ChangePolicy,
): Promise<Result<ChangedPolicy>> =>
  transact<ChangedPolicy>(
    ctx,
    { event: "policy.refused", body: { follows: input.follows, reason: input.reason } },
    async (tx) => {
      if (!may(ctx.actor, "change_settings"))
        refuse("not_allowed", "Only an admin changes the policy.");
      const current = await lockPolicy(tx);
      const { policyChange, acr } = current.body.freshSignIn;
      requireFresh(ctx, current.at, policyChange, acr);
      if (current.version !== input.follows)
        refuse(
          "policy_changed",
          `Policy ${current.version} came into force while you wrote. Nothing was saved, and what you typed is kept: look at what is different now, then send it again.`,
          { detail: { version: current.version } },
        );
      const changes = differences(current.body, input.body);
      if (changes.length === 0) refuse("invalid", "Nothing is different from the policy in force.");
      const { from, reason, body } = input;
      if (from && from.getTime() > current.at.getTime() + farthestMs)
        refuse("invalid", "One answer needs another look.", {
          fields: { from: "A change lies ahead by a year at most." },
        });
      const stored = jsonOf(body);
      const loose = loosens(current.body, body);
      if (loose.length === 0) {
        const put = await putVersion(tx, ctx, current, {
          ...{ body, stored, from, reason, proposalId: null },
        });
        return { how: "changed", ...put };
      }
      const { number } = await propose(tx, ctx, {
        kind: "policy",
        before: { version: current.version, body: current.stored },
        after: { body: stored, from: from?.toISOString() ?? null },
        reason,
        about: `a policy that is looser in ${namesOf(loose)}`,
      });
      return { how: "proposed", number };
    },
  );

/** As it is stored: without what is not there. */
const jsonOf = (body: ChangePolicy["body"]): Json => JSON.parse(JSON.stringify(body));
