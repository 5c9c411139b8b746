import { cookies } from "next/headers";
import { recordRefusal } from "#lib/audit/transact.ts";
import type { AnonymousActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { safePath } from "#lib/kernel/return-path.ts";
import { signInByIssuer } from "#lib/staff/sign-in-by-issuer.ts";
import { authOptions, endBefore } from "./auth.ts";
import { env } from "./env.ts";
import { NoTokens } from "./issuer-exchange.ts";
import { readIssuer } from "./issuer-metadata.ts";
import { companyProvider, type Proved, proofMaxAge } from "./issuer-provider.ts";
import { backToSignIn } from "./issuer-sign-in.ts";
import { WrongToken } from "./issuer-tokens.ts";
import { sealIdToken } from "./logout-hint.ts";
import { nextAuth } from "./next-auth-inside.ts";
import { anonymousCtx } from "./request.ts";
import { cookieName, cookieOptions } from "./session-cookie.ts";
import { refuseSignInFlood } from "./sign-in-limit.ts";
import type { SignOn } from "./sign-on-settings.ts";

/** Seconds that two clocks may differ. */
const toleranceS = 60;

/**
 * Answers the issuer's redirect: lets next-auth match it with what this browser began, checks what the issuer says, and
 * signs in whom it proved. Whatever fails leads to the sign-in page with a code, and is on record.
 */
export async function issuerCallback(request: Request): Promise<Response> {
  const flood = await refuseSignInFlood(request);
  if (flood) return flood;
  const { signOn } = env();
  if (!signOn) return backToSignIn("unknown");
  const ctx = anonymousCtx(request.headers);
  const answered = new URL(request.url).searchParams.get("error");
  const from = await fromOfBrowser();
  if (answered !== null) {
    await forgetAsking();
    return refused(ctx, answered === "access_denied" ? "cancelled" : "issuer_refused", from);
  }
  const issuer = await readIssuer(signOn);
  if (!issuer) return refused(ctx, "issuer_down", from);

  const outcome: { error: string | null; signInId: string | null } = {
    error: null,
    signInId: null,
  };
  const seen: { proof: Proved | null } = { proof: null };
  const provider = companyProvider(signOn, issuer, (proof) => {
    seen.proof = proof;
  });
  const options = authOptions();
  const answer = await nextAuth(
    {
      ...options,
      providers: [{ ...provider, token: noting(provider.token, outcome, ctx) }],
      callbacks: {
        ...options.callbacks,
        signIn: async () => {
          if (seen.proof)
            Object.assign(outcome, await enter(ctx, signOn, issuer.metadata.issuer, seen.proof));
          return outcome.signInId !== null;
        },
        jwt: () => ({ signInId: outcome.signInId }),
      },
    },
    request,
    "callback/company",
  );
  if (outcome.signInId === null) {
    await forgetAsking();
    // Refused by the verb: that is on record already.
    if (seen.proof && outcome.error) return backToSignIn(outcome.error, from);
    return refused(ctx, outcome.error ?? "not_begun", from);
  }
  return onward(answer);
}

/** next-auth says of every failure the same; what it was is noted on the way. */
function noting(
  token: ReturnType<typeof companyProvider>["token"],
  outcome: { error: string | null },
  ctx: Ctx<AnonymousActor>,
) {
  if (typeof token !== "object" || !token.request) throw new Error("The provider asks by itself");
  const ask = token.request;
  return {
    ...token,
    request: async (context: Parameters<typeof ask>[0]) => {
      try {
        return await ask(context);
      } catch (error) {
        outcome.error = errorCode(error);
        if (outcome.error === "not_verified" && error instanceof WrongToken)
          await noteWrongToken(ctx, error.check);
        throw error;
      }
    },
  };
}

function errorCode(error: unknown): string {
  if (error instanceof NoTokens) return error.why === "code_refused" ? "not_begun" : error.why;
  if (!(error instanceof WrongToken)) return "issuer_down";
  return ["state", "code"].includes(error.check) ? "not_begun" : "not_verified";
}

/** Signed for somebody else or for another sign-in: no accident of a network, so an entry of its own. */
const noteWrongToken = (ctx: Ctx<AnonymousActor>, check: string): Promise<void> =>
  recordRefusal(
    { ...ctx, actor: { kind: "system", part: "sign_in" } },
    { event: "sign_in.refused", body: { how: "issuer", check } },
    {
      code: "not_allowed",
      message: `An answer of the issuer was not taken: its ${check} is wrong`,
    },
  );

async function enter(
  ctx: Ctx<AnonymousActor>,
  signOn: SignOn,
  issuer: string,
  { claims, idToken }: Proved,
): Promise<{ signInId: string } | { error: string }> {
  const { sub, auth_time: authTime, email_verified: verified } = claims;
  if (authTime !== undefined && authTime < Date.now() / 1000 - proofMaxAge - toleranceS) {
    const message = "The issuer proved them more than 12 h ago";
    await recordRefusal(ctx, { event: "sign_in.refused" }, { code: "not_allowed", message });
    return { error: "stale" };
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
  });
  if (!result.ok) return { error: String(result.error.detail?.why ?? "unknown_person") };
  await endBefore(ctx);
  return { signInId: result.value.signInId };
}

async function refused(ctx: Ctx<AnonymousActor>, error: string, from: string): Promise<Response> {
  if (error !== "not_verified") {
    const message = `A sign-in by the issuer ended without one: ${error}`;
    await recordRefusal(ctx, { event: "sign_in.refused" }, { code: "not_allowed", message });
  }
  return backToSignIn(error, from);
}

/** An answer counts once: what tied it to this browser is forgotten, whatever came of it. */
async function forgetAsking(): Promise<void> {
  const jar = await cookies();
  for (const name of ["state", "pkce", "nonce"])
    jar.set(cookieName(name), "", { ...cookieOptions(), maxAge: 0 });
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
