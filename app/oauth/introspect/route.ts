import { introspect } from "#lib/oauth/introspect.ts";
import { json } from "#lib/platform/api.ts";
import { issuer } from "#lib/platform/issuer.ts";
import { oauthEndpoint, oauthError } from "#lib/platform/oauth-endpoint.ts";

export const POST = (request: Request): Promise<Response> =>
  oauthEndpoint(request, "introspection_of_client", async (ctx, form) => {
    const token = form.get("token");
    if (!token)
      return oauthError({ error: "invalid_request", error_description: "token is missing." });
    const unattended = form.get("unattended") === "true";
    return json(await introspect(ctx, issuer(), token, { unattended }));
  });
