import { z } from "zod";
import { recordRefusal } from "#lib/audit/transact.ts";
import { safePath } from "#lib/kernel/return-path.ts";
import { authOptions } from "./auth.ts";
import { env } from "./env.ts";
import { readIssuer } from "./issuer-metadata.ts";
import { companyProvider } from "./issuer-provider.ts";
import { askNextAuth } from "./next-auth-inside.ts";
import { anonymousCtx, isOwnOrigin } from "./request.ts";
import { refuseSignInFlood } from "./sign-in-limit.ts";

const form = z.object({
  from: z.string().optional(),
  /** After a refusal: another account may be meant than the one that the issuer would silently take again. */
  again: z.literal("1").optional(),
});

/**
 * Answers the button of the sign-in page: begins an authorization request with PKCE, state and nonce in this browser
 * and leads to the issuer, or back to the sign-in page with a code.
 */
export async function beginAtIssuer(request: Request): Promise<Response> {
  const flood = await refuseSignInFlood(request);
  if (flood) return flood;
  const { signOn } = env();
  const sent = await request.formData().catch(() => null);
  const parsed = form.safeParse(sent && Object.fromEntries(sent));
  const from = safePath(parsed.data?.from);
  if (!signOn || !parsed.success) return backToSignIn("unknown", from);
  const ctx = anonymousCtx(request.headers);
  if (!isOwnOrigin(request.headers)) {
    const message = "A sign-in that was not sent from our own page";
    await recordRefusal(ctx, { event: "sign_in.refused" }, { code: "not_allowed", message });
    return backToSignIn("unknown", from);
  }
  const issuer = await readIssuer(signOn, true);
  if (!issuer) return backToSignIn("issuer_down", from);
  const options = { ...authOptions(), providers: [companyProvider(signOn, issuer, null)] };
  const path = `signin/company${parsed.data.again ? "?prompt=login" : ""}`;
  const { ok, location } = await askNextAuth(options, path, { callbackUrl: from });
  const endpoint = new URL(issuer.metadata.authorization_endpoint);
  if (!ok || location?.origin !== endpoint.origin || location.pathname !== endpoint.pathname)
    return backToSignIn("issuer_down", from);
  return leadOn(request.headers, location.href);
}

/**
 * Browsers hold every redirect after a form to `form-action`, however many origins the issuer's own sign-in passes: a
 * page of ours sends them on instead. Who does not say that it navigates is redirected.
 */
export function leadOn(headers: Headers, to: string): Response {
  const common = { "cache-control": "no-store" };
  if (headers.get("sec-fetch-mode") !== "navigate")
    return new Response(null, { status: 303, headers: { ...common, location: to } });
  const link = to.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  const page = `<!doctype html><html lang="en"><title>Signing in</title><p><a href="${link}">Go on to sign in</a></p></html>`;
  return new Response(page, {
    headers: { ...common, "content-type": "text/html; charset=utf-8", refresh: `0;url=${to}` },
  });
}

/** To the sign-in page with a code: never a sentence of somebody else's in our address. */
export function backToSignIn(error: string, from = "/"): Response {
  const query = new URLSearchParams({ error, ...(from === "/" ? {} : { from }) });
  const location = `/sign-in?${query}#refused`;
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}
