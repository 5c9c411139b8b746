import { clock, type Transaction } from "#db/client.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Result } from "#lib/kernel/result.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { requireFresh } from "#lib/staff/fresh.ts";

/**
 * Whether somebody may take evidence out now, by when they proved who they are: a pack, a population or a sample asks for
 * the same as an export. Refuses with `sign_in_again`, on record as a refused export of `kind`.
 */
export const freshToTakeOut = (ctx: Ctx<StaffActor>, kind: string): Promise<Result<null>> =>
  transact(ctx, { event: "export.refused", body: { kind } }, async (tx) => {
    await requireFreshToTakeOut(tx, ctx);
    return null;
  });

/** The same inside a transaction, which the refusal undoes. */
export async function requireFreshToTakeOut(tx: Transaction, ctx: Ctx<StaffActor>): Promise<void> {
  const { freshSignIn } = await currentPolicy(tx);
  if (freshSignIn.export !== null)
    requireFresh(ctx, await clock(tx), freshSignIn.export, freshSignIn.acr);
}
