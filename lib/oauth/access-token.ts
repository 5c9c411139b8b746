import { createHash } from "node:crypto";
import { createLocalJWKSet, decodeJwt, jwtVerify } from "jose";
import { z } from "zod";
import type { Issuer } from "./issuer.ts";
import { publishedKeys } from "./keys.ts";

const claims = z.object({
  jti: z.uuid(),
  sid: z.uuid(),
  client_id: z.string(),
  iat: z.int(),
  exp: z.int(),
});

/** What a token says of itself, before anybody has looked at its signature; null where it is none of our kind. */
export function claimsIn(token: string) {
  try {
    return claims.parse(decodeJwt(token));
  } catch {
    return null;
  }
}

/** Tokens whose signature was checked, by SHA-256 of token and keys: a product asks about one token again and again. */
const signed = new Set<string>();
const rememberedAtMost = 10_000;

/**
 * Whether we signed this access token (RFC 9068) by a key that is good at `at`. Whether it is over is the session's
 * to say, with the reason.
 */
export async function isSignedByUs(token: string, issuer: Issuer, at: Date): Promise<boolean> {
  const keys = publishedKeys(issuer.keys, at);
  const what = JSON.stringify([issuer.url, keys, token]);
  const mark = createHash("sha256").update(what).digest("base64");
  if (signed.has(mark)) return true;
  try {
    await jwtVerify(token, createLocalJWKSet(keys), {
      issuer: issuer.url,
      typ: "at+jwt",
      algorithms: ["ES256"],
      // The database's clock decides, not this one.
      currentDate: new Date(0),
      requiredClaims: ["exp", "jti", "sid"],
    });
  } catch {
    return false;
  }
  // The oldest goes; it is checked again if anybody still holds it.
  const [oldest] = signed;
  if (signed.size >= rememberedAtMost && oldest !== undefined) signed.delete(oldest);
  signed.add(mark);
  return true;
}
