import {
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from "jose";
import { z } from "zod";
import type { IssuerMetadata } from "./issuer-metadata.ts";

/** Signatures by a key that only the issuer has: never `none`, never our shared secret. */
const algorithms = [
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
  ...["ES256", "ES384", "ES512", "EdDSA", "Ed25519"],
];
const toleranceS = 60;

/** Why a token of the issuer was not taken. The name of the check only: a token's content is not for the record. */
export class WrongToken extends Error {
  readonly check: string;
  constructor(check: string) {
    super(check);
    this.name = "WrongToken";
    this.check = check;
  }
}

type Issuer = { metadata: IssuerMetadata; keys: JWTVerifyGetKey };

const identity = z.looseObject({
  sub: z.string().min(1).max(255),
  nonce: z.string(),
  azp: z.string().optional(),
  aud: z.union([z.string(), z.array(z.string())]),
  iat: z.number(),
  auth_time: z.number().optional(),
  acr: z.string().min(1).max(200).optional().catch(undefined),
  sid: z.string().min(1).max(255).optional().catch(undefined),
  email: z.string().max(320).optional().catch(undefined),
  /** Some send it as a text. */
  email_verified: z
    .union([z.boolean(), z.stringbool({ truthy: ["true"], falsy: ["false"], case: "sensitive" })])
    .optional()
    .catch(false),
});
export type IdentityClaims = z.infer<typeof identity>;

/**
 * The claims of an ID token that was meant for us and this sign-in (OpenID Connect Core 1.0, section 3.1.3.7).
 * @throws WrongToken
 */
export async function verifyIdToken(
  token: string,
  issuer: Issuer,
  expected: { clientId: string; nonce: string },
): Promise<IdentityClaims> {
  const payload = await verified(token, issuer, expected.clientId, ["jwt"]);
  const claims = parsed(identity, payload);
  if (claims.nonce !== expected.nonce) throw new WrongToken("nonce");
  const audiences = [claims.aud].flat();
  if (audiences.length > 1 && claims.azp === undefined) throw new WrongToken("azp");
  if (claims.azp !== undefined && claims.azp !== expected.clientId) throw new WrongToken("azp");
  // A logout token is signed by the same key for the same audience.
  if ("events" in payload) throw new WrongToken("events");
  return claims;
}

const event = "http://schemas.openid.net/event/backchannel-logout";
const logout = z
  .object({
    jti: z.string().min(1).max(255),
    iat: z.number().min(0).max(1e11),
    exp: z.number(),
    sub: z.string().min(1).max(255).optional(),
    sid: z.string().min(1).max(255).optional(),
    events: z.looseObject({ [event]: z.looseObject({}) }),
  })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined, { path: ["sub"] });
export type LogoutClaims = z.infer<typeof logout>;

/**
 * The claims of a logout token (OpenID Connect Back-Channel Logout 1.0, section 2.6), but for whether it was presented
 * before. One that was issued more than ten minutes ago is not taken, whatever its own end.
 * @throws WrongToken
 */
export async function verifyLogoutToken(
  token: string,
  issuer: Issuer,
  clientId: string,
): Promise<LogoutClaims> {
  const payload = await verified(token, issuer, clientId, ["jwt", "logout+jwt"], "10 minutes");
  if ("nonce" in payload) throw new WrongToken("nonce");
  return parsed(logout, payload);
}

async function verified(
  token: string,
  { metadata, keys }: Issuer,
  audience: string,
  types: string[],
  maxTokenAge?: string,
): Promise<JWTPayload> {
  try {
    const { typ } = decodeProtectedHeader(token);
    if (typ !== undefined && !types.includes(typ.toLowerCase().replace(/^application\//, "")))
      throw new WrongToken("typ");
    const { payload } = await jwtVerify(token, keys, {
      algorithms,
      audience,
      issuer: metadata.issuer,
      clockTolerance: toleranceS,
      requiredClaims: ["iss", "aud", "iat", "exp"],
      ...(maxTokenAge && { maxTokenAge }),
    });
    if (payload.iat !== undefined && payload.iat > Date.now() / 1000 + toleranceS)
      throw new WrongToken("iat");
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired)
      throw new WrongToken(error.claim);
    if (error instanceof errors.JOSEAlgNotAllowed) throw new WrongToken("alg");
    if (error instanceof errors.JWKSTimeout) throw error;
    if (error instanceof errors.JOSEError && error.constructor !== errors.JOSEError)
      throw new WrongToken("signature");
    if (error instanceof TypeError && error.message.includes("Token")) throw new WrongToken("form");
    throw error;
  }
}

function parsed<S extends z.ZodType>(schema: S, payload: JWTPayload): z.output<S> {
  const result = schema.safeParse(payload);
  if (result.success) return result.data;
  throw new WrongToken(String(result.error.issues[0]?.path[0] ?? "form"));
}
