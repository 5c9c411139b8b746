import { type IfRefused, recordRefusal } from "#lib/audit/transact.ts";
import type { ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Refusal } from "#lib/kernel/result.ts";
import { refusalProblem } from "./api.ts";

/** Refuses a product's call before any verb has seen it, on record all the same. */
export async function refusedCall(
  ctx: Ctx<ProductActor>,
  event: IfRefused["event"],
  refusal: Refusal,
): Promise<Response> {
  await recordRefusal(ctx, { event }, refusal);
  return refusalProblem(refusal);
}

export const noSuchSession: Refusal = { code: "not_found", message: "No such session of yours." };
