import { revoke } from "#lib/oauth/revoke.ts";
import { issuer } from "#lib/platform/issuer.ts";
import { oauthEndpoint, oauthError } from "#lib/platform/oauth-endpoint.ts";

export const POST = (request: Request): Promise<Response> =>
  oauthEndpoint(request, "ending_of_client", async (ctx, form) => {
    const token = form.get("token");
    if (!token)
      return oauthError({ error: "invalid_request", error_description: "token is missing." });
    await revoke(ctx, issuer(), token);
    return new Response(null, { status: 200, headers: { "cache-control": "no-store" } });
  });
