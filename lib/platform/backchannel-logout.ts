import { decodeJwt } from "jose";
import { z } from "zod";
import { recordRefusal } from "#lib/audit/transact.ts";
import { endAfterSignOut } from "#lib/impersonation/sign-out.ts";
import { endByIssuer } from "#lib/staff/end-by-issuer.ts";
import { readForm } from "./api.ts";
import { env } from "./env.ts";
import { readIssuer } from "./issuer-metadata.ts";
import { verifyLogoutToken, WrongToken } from "./issuer-tokens.ts";
import { answered } from "./out-of-reach.ts";
import { anonymousCtx } from "./request.ts";

/**
 * OpenID Connect Back-Channel Logout 1.0: the issuer tells that its session, or all of a person's, is over; so are our
 * sign-ins of it and their live sessions. 200 also where none was left; 400 with why for a token that is not taken.
 */
export const backchannelLogout = answered(async (request: Request): Promise<Response> => {
  const { signOn } = env();
  if (!signOn) return answer(404, "not_found");
  const token = (await readForm(request))?.get("logout_token");
  if (!token) return refuse(request, "form");
  // Before the issuer is asked for its keys: strangers cannot make us ask by sending anything.
  if (!isFor(token, signOn.clientId)) return refuse(request, "aud");
  const issuer = await readIssuer(signOn);
  if (!issuer) return answer(503, "temporarily_unavailable");
  try {
    const claims = await verifyLogoutToken(token, issuer, signOn.clientId);
    const ctx = anonymousCtx(request.headers);
    const result = await endByIssuer(ctx, {
      issuer: issuer.metadata.issuer,
      jti: claims.jti,
      sid: claims.sid ?? null,
      subject: claims.sub ?? null,
      issuedAt: new Date(claims.iat * 1000),
      // Longer than it is taken for, whatever the two clocks say.
      goodUntil: new Date((claims.exp + 600) * 1000),
    });
    if (!result.ok) return answer(400, "invalid_request", "jti");
    for (const id of result.value.signInIds)
      await endAfterSignOut({ ...ctx, actor: { kind: "system", part: "sign_in" } }, id);
    return answer(200);
  } catch (error) {
    if (error instanceof WrongToken) return refuse(request, error.check);
    throw error;
  }
});

const addressed = z.object({ aud: z.union([z.string(), z.array(z.string())]) });

function isFor(token: string, clientId: string): boolean {
  try {
    return [addressed.parse(decodeJwt(token)).aud].flat().includes(clientId);
  } catch {
    return false;
  }
}

async function refuse(request: Request, check: string): Promise<Response> {
  const message = `A logout token was not taken: its ${check} is wrong`;
  const ctx = anonymousCtx(request.headers);
  await recordRefusal(ctx, { event: "sign_in.end_refused" }, { code: "not_allowed", message });
  return answer(400, "invalid_request", check);
}

/** Section 2.8. */
function answer(status: number, error?: string, check?: string): Response {
  const headers = { "cache-control": "no-store", "content-type": "application/json" };
  const body = error ? JSON.stringify({ error, error_description: check }) : null;
  return new Response(body, { status, headers });
}
