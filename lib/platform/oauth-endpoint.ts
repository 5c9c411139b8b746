import { recordRefusal } from "#lib/audit/transact.ts";
import type { ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Refusal } from "#lib/kernel/result.ts";
import { limited } from "#lib/limits/limited.ts";
import type { LimitName } from "#lib/limits/limits.ts";
import type { OAuthError } from "#lib/oauth/issuer.ts";
import { json, readForm, retryAfter } from "./api.ts";
import { authenticateClient, challenge } from "./client-authentication.ts";
import { orOutOfReach, outOfReachOAuth } from "./out-of-reach.ts";
import { anonymousCtx } from "./request.ts";

/** An error answer of RFC 6749 §5.2. */
export const oauthError = (error: OAuthError, status = 400, headers?: HeadersInit): Response =>
  json(error, { status, headers });

/** RFC 6749 knows no error for this; `slow_down` is RFC 8628's, the status RFC 6585's. */
const slowDown = (often: Refusal): Response =>
  oauthError({ error: "slow_down", error_description: often.message }, 429, retryAfter(often));

/** What the token, introspection and revocation endpoints share: a form, and a client that proves who it is. */
export const oauthEndpoint = (
  request: Request,
  limit: LimitName,
  answer: Answer,
): Promise<Response> => orOutOfReach(() => authenticated(request, limit, answer), outOfReachOAuth);

type Answer = (ctx: Ctx<ProductActor>, form: URLSearchParams) => Promise<Response>;

async function authenticated(
  request: Request,
  limit: LimitName,
  answer: Answer,
): Promise<Response> {
  const form = await readForm(request);
  if (!form) {
    const message = "Send a form, each field once.";
    const ctx = anonymousCtx(request.headers);
    await recordRefusal(ctx, { event: "client.refused" }, { code: "invalid", message });
    return oauthError({ error: "invalid_request", error_description: message });
  }
  const client = await authenticateClient(request, form);
  if (!client.ok && client.error.code === "too_often") return slowDown(client.error);
  if (!client.ok)
    return oauthError(
      { error: "invalid_client", error_description: client.error.message },
      401,
      challenge,
    );
  const often = await limited(client.value, limit, client.value.actor.id);
  return often ? slowDown(often) : answer(client.value, form);
}
