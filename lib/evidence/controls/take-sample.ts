import { ok, type Result } from "#lib/kernel/result.ts";
import { freshToTakeOut } from "../fresh.ts";
import type { ControlId } from "./controls.ts";
import { drawSample, type LooksCtx, type Sample } from "./draw.ts";
import { isGuest, type Period } from "./period.ts";

/**
 * A sample to take along: drawn as one is that is looked at. Refuses staff with `sign_in_again` where the policy wants a
 * fresher sign-in for that.
 */
export async function takeSample(
  ctx: LooksCtx,
  control: ControlId,
  period: Period,
  asked: { n: number; seed: string },
): Promise<Result<Sample>> {
  const fresh = isGuest(ctx) ? null : await freshToTakeOut(ctx, "sample");
  if (fresh?.ok === false) return fresh;
  return ok(await drawSample(ctx, control, period, asked));
}
