import { cookies } from "next/headers";
import { recordRefusal } from "#lib/audit/transact.ts";
import type { AnonymousActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { authOptions } from "./auth.ts";
import { NoTokens } from "./issuer-exchange.ts";
import type { readIssuer } from "./issuer-metadata.ts";
import { companyProvider, type Proved } from "./issuer-provider.ts";
import { WrongToken } from "./issuer-tokens.ts";
import { nextAuth } from "./next-auth-inside.ts";
import { cookieName, cookieOptions } from "./session-cookie.ts";
import type { SignOn } from "./sign-on-settings.ts";

type Issuer = NonNullable<Awaited<ReturnType<typeof readIssuer>>>;

/** What came of an answer: the sign-in that next-auth's cookie is to hold, if any, or a code that says why there is none. */
export type Entered = { signInId: string | null; error: string | null };

/**
 * Lets next-auth match the issuer's redirect with what this browser began, checks what the issuer says, and gives it to
 * `enter`. Without a sign-in, what tied the answer to this browser is forgotten: it counts once.
 */
export async function takeAnswer(
  request: Request,
  { signOn, issuer, ctx }: { signOn: SignOn; issuer: Issuer; ctx: Ctx<AnonymousActor> },
  enter: (proved: Proved) => Promise<Entered>,
): Promise<{ answer: Response; outcome: Entered; isProved: boolean }> {
  const outcome: Entered = { error: null, signInId: null };
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
          if (seen.proof) Object.assign(outcome, await enter(seen.proof));
          return outcome.signInId !== null;
        },
        jwt: () => ({ signInId: outcome.signInId }),
      },
    },
    request,
    "callback/company",
  );
  if (outcome.signInId === null) await forgetAsking();
  return { answer, outcome, isProved: seen.proof !== null };
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

/** An answer counts once: what tied it to this browser is forgotten, whatever came of it. */
export async function forgetAsking(): Promise<void> {
  const jar = await cookies();
  for (const name of ["state", "pkce", "nonce"])
    jar.set(cookieName(name), "", { ...cookieOptions(), maxAge: 0 });
}
