import { createHmac, randomBytes } from "node:crypto";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const periodMs = 30_000;

/** 160 random bits in base32 (RFC 4648), as authenticator apps take them. */
export function newTotpSecret(): string {
  return [...randomBytes(32)].map((byte) => letters[byte & 31]).join("");
}

/** The code of a period of 30 s (RFC 6238, SHA-1, 6 digits). */
export function totp(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", decode(secret)).update(counter).digest();
  const at = (mac.at(-1) ?? 0) & 15;
  const number = mac.readUInt32BE(at) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, "0");
}

export const stepAt = (at: number): number => Math.floor(at / periodMs);

/**
 * The period that a typed code is of: the one at `at`, the one before or the one after, and later than `after`, the last
 * that was taken; null when it is of none.
 */
export function stepOf(secret: string, typed: string, at: number, after: number): number | null {
  const code = typed.replace(/\s/g, "");
  const now = stepAt(at);
  return (
    [now, now - 1, now + 1].find((step) => step > after && totp(secret, step) === code) ?? null
  );
}

/** What an authenticator app reads. */
export function otpauth(secret: string, email: string): string {
  const label = encodeURIComponent(`Ledger:${email}`);
  return `otpauth://totp/${label}?${new URLSearchParams({ secret, issuer: "Ledger" })}`;
}

function decode(base32: string): Buffer {
  let bits = 0;
  let value = 0;
  const bytes: number[] = [];
  for (const letter of base32) {
    value = ((value << 5) | letters.indexOf(letter)) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((value >> bits) & 255);
    }
  }
  return Buffer.from(bytes);
}
