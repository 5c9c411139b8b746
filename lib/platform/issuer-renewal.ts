import { recordRefusal } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { safePath } from "#lib/kernel/return-path.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { renewByIssuer } from "#lib/staff/renew.ts";
import { authOptions } from "./auth.ts";
import { env } from "./env.ts";
import { type Entered, forgetAsking, takeAnswer } from "./issuer-answer.ts";
import { readIssuer } from "./issuer-metadata.ts";
import { companyProvider, type Proved } from "./issuer-provider.ts";
import { leadOn } from "./issuer-sign-in.ts";
import { askNextAuth } from "./next-auth-inside.ts";
import { forgetRenewal, keepRenewal, type Renewal } from "./renewal-cookie.ts";
import { anonymousCtx, isOwnOrigin } from "./request.ts";
import { currentStaff } from "./require-staff.ts";
import { refuseSignInFlood } from "./sign-in-limit.ts";
import type { SignOn } from "./sign-on-settings.ts";

/**
 * Answers the button of "Sign in again": sends who is signed in to the issuer, which is told to ask them anew and, where
 * the policy says, how. This browser keeps when that was, sealed, for the answer to be measured by.
 */
export async function beginRenewal(request: Request): Promise<Response> {
  const flood = await refuseSignInFlood(request);
  if (flood) return flood;
  const { signOn } = env();
  const sent = await request.formData().catch(() => null);
  const typed = sent?.get("from");
  const from = safePath(typeof typed === "string" ? typed : undefined);
  const { ctx } = await currentStaff();
  if (!ctx) return seeOther(`/sign-in?${new URLSearchParams({ from })}`);
  if (!signOn || !isOwnOrigin(request.headers)) return refused(ctx, "not_begun", from);
  const issuer = await readIssuer(signOn, true);
  if (!issuer) return refused(ctx, "issuer_down", from);
  const { acr } = (await currentPolicy(ctx.db)).freshSignIn;
  const begunAt = Date.now();
  const ask = { max_age: 0, prompt: "login", ...(acr && { acr_values: acr }) };
  const provider = companyProvider(signOn, issuer, null, { ...ask, login_hint: ctx.actor.email });
  const options = { ...authOptions(), providers: [provider] };
  const { ok, location } = await askNextAuth(options, "signin/company", { callbackUrl: from });
  const endpoint = new URL(issuer.metadata.authorization_endpoint);
  const state = location?.searchParams.get("state");
  if (!ok || !state || location?.origin !== endpoint.origin)
    return refused(ctx, "issuer_down", from);
  await keepRenewal({ signInId: ctx.actor.signInId, state, begunAt, acr, from });
  return leadOn(request.headers, location.href);
}

/** Answers the issuer's redirect for a renewal that this browser began: the sign-in stays the one that it is. */
export async function renewalCallback(
  request: Request,
  signOn: SignOn,
  renewal: Renewal,
): Promise<Response> {
  await forgetRenewal();
  const { ctx } = await currentStaff();
  const { from } = renewal;
  if (ctx?.actor.signInId !== renewal.signInId) {
    await forgetAsking();
    return ctx
      ? refused(ctx, "not_begun", from)
      : seeOther(`/sign-in?${new URLSearchParams({ from })}`);
  }
  const answered = new URL(request.url).searchParams.get("error");
  if (answered !== null) {
    await forgetAsking();
    return refused(ctx, answered === "access_denied" ? "cancelled" : "issuer_refused", from);
  }
  const issuer = await readIssuer(signOn);
  if (!issuer) return refused(ctx, "issuer_down", from);
  const about = { signOn, issuer, ctx: anonymousCtx(request.headers) };
  const { outcome, isProved } = await takeAnswer(request, about, (proved) =>
    renew(ctx, issuer.metadata.issuer, proved, renewal),
  );
  if (isProved) return outcome.error ? backToAgain(outcome.error, from) : seeOther(from);
  return refused(ctx, outcome.error ?? "not_begun", from);
}

/** Never a sign-in for next-auth's cookie: it holds the right one already. */
async function renew(
  ctx: Ctx<StaffActor>,
  issuer: string,
  { claims }: Proved,
  { begunAt, acr }: Renewal,
): Promise<Entered> {
  const proof = {
    issuer,
    subject: claims.sub,
    sid: claims.sid ?? null,
    authTime: claims.auth_time ?? null,
    issuedAt: claims.iat,
    acr: claims.acr ?? null,
  };
  const result = await renewByIssuer(ctx, proof, { at: new Date(begunAt), acr });
  const error = result.ok ? null : String(result.error.detail?.why ?? "not_begun");
  return { signInId: null, error };
}

async function refused(ctx: Ctx<StaffActor>, error: string, from: string): Promise<Response> {
  // What came back wrong is on record already.
  if (error !== "not_verified") {
    const message = `A sign-in was not renewed by the issuer: ${error}`;
    const { signInId } = ctx.actor;
    await recordRefusal(
      ctx,
      { event: "sign_in.refused", body: { how: "issuer", again: true, sign_in: signInId } },
      { code: "not_allowed", message },
    );
  }
  return backToAgain(error, from);
}

/** To the page that asked for it, with a code. */
export function backToAgain(error: string, from: string): Response {
  return seeOther(`/sign-in/again?${new URLSearchParams({ error, from })}#refused`);
}

export function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}
