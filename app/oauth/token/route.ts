import { limited } from "#lib/limits/limited.ts";
import { exchange } from "#lib/oauth/token.ts";
import { json } from "#lib/platform/api.ts";
import { issuer } from "#lib/platform/issuer.ts";
import { oauthEndpoint, oauthError, slowDown } from "#lib/platform/oauth-endpoint.ts";
import { anonymousCtx } from "#lib/platform/request.ts";

export async function POST(request: Request): Promise<Response> {
  const often = await limited(anonymousCtx(request.headers), "token_from_source");
  if (often) return slowDown(often);
  return oauthEndpoint(request, "token_of_client", async (ctx, form) => {
    const answer = await exchange(ctx, issuer(), Object.fromEntries(form));
    return "error" in answer ? oauthError(answer) : json(answer);
  });
}
