import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const algorithm = "aes-256-gcm";

let last: { secret: string; key: Buffer } | null = null;

/** A key of this use alone, of the installation's secret. */
function keyOf(secret: string): Buffer {
  if (last?.secret !== secret) {
    const key = Buffer.from(hkdfSync("sha256", secret, "", "alongside secret of a webhook", 32));
    last = { secret, key };
  }
  return last.key;
}

/** A webhook's secret as it is kept: who reads the database signs nothing with it. */
export function seal(text: string, secret: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv(algorithm, keyOf(secret), iv);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** @throws when it was sealed with another secret, or altered. */
export function unseal(sealed: string, secret: string): string {
  const bytes = Buffer.from(sealed, "base64url");
  const decipher = createDecipheriv(algorithm, keyOf(secret), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
}
