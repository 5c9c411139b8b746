import { cookies } from "next/headers";
import { recordRefusal } from "#lib/audit/transact.ts";
import type { AnonymousActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { safePath } from "#lib/kernel/return-path.ts";
import { signInByIssuer } from "#lib/staff/sign-in-by-issuer.ts";
import { endBefore } from "./auth.ts";
import { env } from "./env.ts";
import { type Entered, forgetAsking, takeAnswer } from "./issuer-answer.ts";
import { groupsIn } from "./issuer-groups.ts";
import { readIssuer } from "./issuer-metadata.ts";
import { type Proved, proofMaxAge } from "./issuer-provider.ts";
import { renewalCallback } from "./issuer-renewal.ts";
import { backToSignIn } from "./issuer-sign-in.ts";
import { sealIdToken } from "./logout-hint.ts";
import { renewalOf } from "./renewal-cookie.ts";
import { anonymousCtx } from "./request.ts";
import { cookieName } from "./session-cookie.ts";
import { refuseSignInFlood } from "./sign-in-limit.ts";
import type { SignOn } from "./sign-on-settings.ts";

/** Seconds that two clocks may differ. */
const toleranceS = 60;

/**
 * Answers the issuer's redirect: checks what the issuer says, and signs in whom it proved, or renews the sign-in of who
 * began that here. Whatever fails leads back to where it was begun with a code, and is on record.
 */
export async function issuerCallback(request: Request): Promise<Response> {
  const flood = await refuseSignInFlood(request);
  if (flood) return flood;
  const { signOn } = env();
  if (!signOn) return backToSignIn("unknown");
  const asked = new URL(request.url).searchParams;
  const renewal = await renewalOf(asked.get("state"));
  if (renewal) return renewalCallback(request, signOn, renewal);
  const ctx = anonymousCtx(request.headers);
  const answered = asked.get("error");
  const from = await fromOfBrowser();
  if (answered !== null) {
    await forgetAsking();
    return refused(ctx, answered === "access_denied" ? "cancelled" : "issuer_refused", from);
  }
  const issuer = await readIssuer(signOn);
  if (!issuer) return refused(ctx, "issuer_down", from);

  const { answer, outcome, isProved } = await takeAnswer(request, { signOn, issuer, ctx }, (seen) =>
    enter(ctx, signOn, issuer.metadata.issuer, seen),
  );
  if (outcome.signInId !== null) return onward(answer);
  // Refused by the verb: that is on record already.
  if (isProved && outcome.error) return backToSignIn(outcome.error, from);
  return refused(ctx, outcome.error ?? "not_begun", from);
}

async function enter(
  ctx: Ctx<AnonymousActor>,
  signOn: SignOn,
  issuer: string,
  { claims, idToken }: Proved,
): Promise<Entered> {
  const { sub, auth_time: authTime, email_verified: verified } = claims;
  if (authTime !== undefined && authTime < Date.now() / 1000 - proofMaxAge - toleranceS) {
    const message = "The issuer proved them more than 12 h ago";
    await recordRefusal(ctx, { event: "sign_in.refused" }, { code: "not_allowed", message });
    return { signInId: null, error: "stale" };
  }
  const result = await signInByIssuer(ctx, {
    issuer,
    subject: sub,
    sid: claims.sid ?? null,
    email: claims.email ?? null,
    emailVerified: verified ?? signOn.trustsEmail,
    // Without the claim, all that is known is when the issuer vouched for them.
    authTime: new Date((authTime ?? claims.iat) * 1000),
    authSaid: authTime !== undefined,
    acr: claims.acr ?? null,
    idToken: await sealIdToken(idToken),
    groups: groupsIn(claims, signOn.groupsClaim),
  });
  if (!result.ok)
    return { signInId: null, error: String(result.error.detail?.why ?? "unknown_person") };
  await endBefore(ctx);
  return { signInId: result.value.signInId, error: null };
}

async function refused(ctx: Ctx<AnonymousActor>, error: string, from: string): Promise<Response> {
  if (error !== "not_verified") {
    const message = `A sign-in by the issuer ended without one: ${error}`;
    await recordRefusal(ctx, { event: "sign_in.refused" }, { code: "not_allowed", message });
  }
  return backToSignIn(error, from);
}

/** Where the person wanted to go, as next-auth keeps it in this browser. */
async function fromOfBrowser(): Promise<string> {
  const kept = (await cookies()).get(cookieName("callback-url"))?.value;
  return pathIn(kept ?? "");
}

function onward(answer: Response): Response {
  const headers = new Headers(answer.headers);
  headers.set("location", pathIn(headers.get("location") ?? ""));
  headers.set("cache-control", "no-store");
  return new Response(null, { status: 303, headers });
}

/** The path of an address of ours; the start page for any other. */
function pathIn(address: string): string {
  const { origin } = new URL(env().ALONGSIDE_URL);
  const url = URL.parse(address);
  return url?.origin === origin ? safePath(url.pathname + url.search + url.hash) : "/";
}
