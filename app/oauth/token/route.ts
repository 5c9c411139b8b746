import { exchange } from "#lib/oauth/token.ts";
import { json } from "#lib/platform/api.ts";
import { issuer } from "#lib/platform/issuer.ts";
import { oauthEndpoint, oauthError } from "#lib/platform/oauth-endpoint.ts";

export const POST = (request: Request): Promise<Response> =>
  oauthEndpoint(request, "token_of_client", async (ctx, form) => {
    const answer = await exchange(ctx, issuer(), Object.fromEntries(form));
    return "error" in answer ? oauthError(answer) : json(answer);
  });
