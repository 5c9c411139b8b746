import { createPublicKey, type KeyObject } from "node:crypto";
import { calculateJwkThumbprint, type JWK } from "jose";
import { z } from "zod";

const isPrivate = (jwk: object): boolean => "d" in jwk || "k" in jwk;
const set = z.object({ keys: z.array(z.looseObject({})).min(1).max(10) });
const one = z.looseObject({ kty: z.string() });
const kid = z.object({ kid: z.string().min(1).max(200) });

/**
 * Public keys of a client that signs (RFC 7523), from PEM, a JWK or a JWK set: P-256, P-384, Ed25519, or RSA of 2048
 * bits and more, each with a `kid` (its thumbprint, RFC 7638, where none is given). A private key is refused.
 */
export const publicKeys = z.string().transform(async (text, ctx) => {
  try {
    return { keys: await Promise.all(keysOf(text).map(cleaned)) };
  } catch (error) {
    const message = error instanceof NoKey ? error.message : "is neither PEM, a JWK nor a JWK set";
    ctx.addIssue({ code: "custom", message });
    return z.NEVER;
  }
});

class NoKey extends Error {}

type Given = { key: KeyObject; kid: string | undefined };

function keysOf(text: string): Given[] {
  if (text.includes("PRIVATE KEY"))
    throw new NoKey("is a private key: keep it, give its public one");
  if (text.trimStart().startsWith("-----BEGIN"))
    return [{ key: createPublicKey(text), kid: undefined }];
  const value: unknown = JSON.parse(text);
  const many = set.safeParse(value);
  const keys = many.success ? many.data.keys : [one.parse(value)];
  return keys.map((jwk) => {
    if (isPrivate(jwk)) throw new NoKey("is a private key: keep it, give its public one");
    return {
      key: createPublicKey({ key: jwk, format: "jwk" }),
      kid: kid.safeParse(jwk).data?.kid,
    };
  });
}

async function cleaned({ key, kid: given }: Given): Promise<JWK & Record<string, unknown>> {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  const isGood =
    type === "ed25519" ||
    (type === "ec" && ["prime256v1", "secp384r1"].includes(details?.namedCurve ?? "")) ||
    (type === "rsa" && (details?.modulusLength ?? 0) >= 2048);
  if (!isGood) throw new NoKey("must be P-256, P-384, Ed25519, or RSA of 2048 bits and more");
  const jwk = key.export({ format: "jwk" });
  return { ...jwk, kid: given ?? (await calculateJwkThumbprint({ ...jwk })) };
}
