import type { OAuthConfig } from "next-auth/providers/oauth";
import { z } from "zod";
import { askUserinfo, redeemCode } from "./issuer-exchange.ts";
import type { readIssuer } from "./issuer-metadata.ts";
import { type IdentityClaims, verifyIdToken, WrongToken } from "./issuer-tokens.ts";
import type { SignOn } from "./sign-on-settings.ts";

/** What this browser kept of what it began. */
const checked = z.object({ state: z.string(), nonce: z.string(), code_verifier: z.string() });

type Issuer = NonNullable<Awaited<ReturnType<typeof readIssuer>>>;

/** What an answer of the issuer proved, for who asked next-auth to read it. */
export type Proved = { claims: IdentityClaims; idToken: string };

/** Seconds. A proof at the issuer is good as long as a sign-in here; asked for, an issuer must say when it was. */
export const proofMaxAge = 12 * 3600;

/**
 * The company's issuer as next-auth knows it, which keeps state, PKCE verifier and nonce in the browser. Its answer is
 * checked here: next-auth's own client takes one algorithm only and asks nobody whether the metadata is the issuer's.
 */
export function companyProvider(
  signOn: SignOn,
  issuer: Issuer,
  onProof: ((proved: Proved) => void) | null,
  /** Over what is asked of the issuer. */
  ask: Record<string, string | number> = {},
): OAuthConfig<IdentityClaims> {
  const { metadata } = issuer;
  let subject = "";
  return {
    id: "company",
    name: "The company's sign-on",
    type: "oauth",
    clientId: signOn.clientId,
    clientSecret: signOn.clientSecret,
    issuer: metadata.issuer,
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    authorization: {
      url: metadata.authorization_endpoint,
      params: { scope: signOn.scope, max_age: proofMaxAge, ...ask },
    },
    token: {
      url: metadata.token_endpoint,
      async request({ params, checks, provider }) {
        const kept = checked.safeParse(checks);
        if (!kept.success || params.state !== kept.data.state) throw new WrongToken("state");
        const { nonce, code_verifier: codeVerifier } = kept.data;
        // RFC 9207: an answer of another issuer, mixed in.
        const mustSay = metadata.authorization_response_iss_parameter_supported;
        if (params.iss === undefined ? mustSay : params.iss !== metadata.issuer)
          throw new WrongToken("iss");
        if (!params.code) throw new WrongToken("code");
        const redirectUri = provider.callbackUrl;
        const tokens = await redeemCode(signOn, metadata, {
          code: params.code,
          codeVerifier,
          redirectUri,
        });
        const expected = { clientId: signOn.clientId, nonce };
        const claims = await verifyIdToken(tokens.id_token, issuer, expected);
        const more = claims.email
          ? null
          : await askUserinfo(metadata, tokens.access_token, claims.sub);
        subject = claims.sub;
        onProof?.({ claims: { ...claims, ...more }, idToken: tokens.id_token });
        return { tokens: { id_token: tokens.id_token } };
      },
    },
    userinfo: { request: () => ({ sub: subject }) },
    profile: () => ({ id: subject }),
  };
}
