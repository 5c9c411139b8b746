import { clock, type Transaction } from "#db/client.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { requireFresh } from "#lib/staff/fresh.ts";

/** Refuses with `sign_in_again` who gives or takes a role, where the policy wants a fresh sign-in for that. */
export async function requireFreshForRoles(tx: Transaction, ctx: Ctx<StaffActor>): Promise<void> {
  const { roleChange, acr } = (await currentPolicy(tx)).freshSignIn;
  if (roleChange !== null) requireFresh(ctx, await clock(tx), roleChange, acr);
}
