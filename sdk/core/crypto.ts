import { base64url, EncryptJWT, jwtDecrypt } from "jose";

/** 256 random bits, base64url. */
export function randomId(): string {
  return base64url.encode(crypto.getRandomValues(new Uint8Array(32)));
}

export async function sha256(value: string): Promise<string> {
  return base64url.encode(await digest(value));
}

/** Content of the cookie that ties a login to the browser which began it. */
export type LoginState = { state: string; verifier: string; target: string };

const loginSeconds = 300;

/** Encrypted under a key that every process of the product derives from the client secret. */
export async function sealState(content: LoginState, secret: string, now: number): Promise<string> {
  const issued = Math.floor(now / 1000);
  return new EncryptJWT(content)
    .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
    .setIssuedAt(issued)
    .setExpirationTime(issued + loginSeconds)
    .encrypt(await stateKey(secret));
}

/** Null when it was tampered with, is too old, or is not ours. */
export async function openState(
  sealed: string,
  secret: string,
  now: number,
): Promise<LoginState | null> {
  try {
    const { payload } = await jwtDecrypt(sealed, await stateKey(secret), {
      currentDate: new Date(now),
    });
    const { state, verifier, target } = payload;
    if (typeof state !== "string" || typeof verifier !== "string" || typeof target !== "string")
      return null;
    return { state, verifier, target };
  } catch {
    return null;
  }
}

function stateKey(secret: string): Promise<Uint8Array> {
  return digest(`alongside login state\0${secret}`);
}

async function digest(value: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(value)));
}
