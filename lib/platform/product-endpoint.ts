import { type IfRefused, recordRefusal } from "#lib/audit/transact.ts";
import type { ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Refusal } from "#lib/kernel/result.ts";
import { limited } from "#lib/limits/limited.ts";
import type { LimitName } from "#lib/limits/limits.ts";
import { refusalProblem } from "./api.ts";
import { authenticateClient, challenge } from "./client-authentication.ts";
import { answered } from "./out-of-reach.ts";

/** What the endpoints under `/api/v1` share: a product that proves who it is, and how often it may ask. */
export const productEndpoint = <A extends unknown[]>(
  limit: LimitName,
  answer: (ctx: Ctx<ProductActor>, request: Request, ...given: A) => Promise<Response>,
) =>
  answered(async (request: Request, ...given: A): Promise<Response> => {
    const client = await authenticateClient(request);
    if (!client.ok) return refusalProblem(client.error, challenge);
    const often = await limited(client.value, limit, client.value.actor.id);
    return often ? refusalProblem(often) : answer(client.value, request, ...given);
  });

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
export const noSuchSync: Refusal = { code: "not_found", message: "You have no such sync." };
