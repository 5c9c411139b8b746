import { endAfterSignOut } from "#lib/impersonation/sign-out.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { signOut } from "#lib/staff/sign-out.ts";

/** Signs out: the sign-in first, which makes its live session invalid at once, then that session's own ending. */
export async function signOutWhole(ctx: Ctx<StaffActor>): Promise<void> {
  const result = await signOut(ctx);
  if (result.ok) await endAfterSignOut(ctx, result.value.signInId);
}
