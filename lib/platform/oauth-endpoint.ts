import type { ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { OAuthError } from "#lib/oauth/issuer.ts";
import { json, readForm } from "./api.ts";
import { authenticateClient, challenge } from "./client-authentication.ts";

/** An error answer of RFC 6749 §5.2. */
export const oauthError = (error: OAuthError, status = 400, headers?: HeadersInit): Response =>
  json(error, { status, headers });

/** What the token, introspection and revocation endpoints share: a form, and a client that proves who it is. */
export async function oauthEndpoint(
  request: Request,
  answer: (ctx: Ctx<ProductActor>, form: URLSearchParams) => Promise<Response>,
): Promise<Response> {
  const form = await readForm(request);
  if (!form)
    return oauthError({
      error: "invalid_request",
      error_description: "Send a form, each field once.",
    });
  const client = await authenticateClient(request, form);
  if (!client.ok)
    return oauthError(
      { error: "invalid_client", error_description: client.error.message },
      401,
      challenge,
    );
  return answer(client.value, form);
}
