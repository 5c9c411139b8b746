import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Result } from "#lib/kernel/result.ts";
import { endDevices } from "#lib/staff/devices.ts";
import { endAfterSignOut } from "./sign-out.ts";

/** Ends sign-ins of the actor's own elsewhere, and the live session that one of them had started. Refuses as `endDevices` does. */
export async function endOwnDevices(
  ctx: Ctx<StaffActor>,
  { signInId }: { signInId: string | null },
): Promise<Result<{ ended: number }>> {
  const done = await endDevices(ctx, signInId);
  if (!done.ok) return done;
  // Over already; what cannot be written now is left to the worker.
  for (const id of done.value.signInIds) await endAfterSignOut(ctx, id).catch(() => {});
  return { ok: true, value: { ended: done.value.signInIds.length } };
}
