import { type CryptoKey, importJWK, type JWK } from "jose";
import { z } from "zod";

/** A private ES256 key (RFC 7517, RFC 7518 §3.4) with the moment from which it signs. */
export const signingKeysSchema = z
  .array(
    z.object({
      kty: z.literal("EC"),
      crv: z.literal("P-256"),
      kid: z.string().min(1),
      x: z.string(),
      y: z.string(),
      d: z.string(),
      signs_from: z.iso.datetime({ offset: true }),
    }),
  )
  .min(1);
export type SigningKeys = z.infer<typeof signingKeysSchema>;
type SigningKey = SigningKeys[number];

const PUBLISHED_BEFORE_MS = 15 * 60_000;
const PUBLISHED_AFTER_MS = 60 * 60_000;

const byStart = (keys: SigningKeys) =>
  [...keys].sort((a, b) => Date.parse(a.signs_from) - Date.parse(b.signs_from));

/** The key in force: the newest whose time has come; before the first one's time, the first. */
export function signingKey(keys: SigningKeys, at: Date): SigningKey {
  const sorted = byStart(keys);
  const current = sorted.findLast((key) => Date.parse(key.signs_from) <= at.getTime()) ?? sorted[0];
  if (!current) throw new Error("There is no signing key");
  return current;
}

/** The JWKS (RFC 7517): a new key 15 min before it signs, an old one 60 min after. Public members only. */
export function publishedKeys(keys: SigningKeys, at: Date): { keys: JWK[] } {
  const sorted = byStart(keys);
  const shown = sorted.filter((key, i) => {
    const next = sorted[i + 1];
    const isNear = Date.parse(key.signs_from) - PUBLISHED_BEFORE_MS <= at.getTime();
    const isOver = next && Date.parse(next.signs_from) + PUBLISHED_AFTER_MS <= at.getTime();
    return (isNear || key === sorted[0]) && !isOver;
  });
  return {
    keys: shown.map(({ kty, crv, kid, x, y }) => ({
      kty,
      crv,
      kid,
      x,
      y,
      alg: "ES256",
      use: "sig",
    })),
  };
}

export async function privateKey(key: SigningKey): Promise<CryptoKey> {
  const { signs_from: _, ...jwk } = key;
  const imported = await importJWK(jwk, "ES256");
  if (imported instanceof Uint8Array) throw new Error("A signing key must be asymmetric");
  return imported;
}
