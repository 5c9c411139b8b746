import { expect, test } from "vitest";
import { newTotpSecret, otpauth, stepAt, stepOf, totp } from "./totp.ts";

// "12345678901234567890", the secret of RFC 6238, appendix B; of its codes of 8 digits the last 6.
const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

test.each([
  [59, "287082"],
  [1111111109, "081804"],
  [1234567890, "005924"],
  [20000000000, "353130"],
])("the code at %d s is that of the RFC", (seconds, code) => {
  expect(totp(secret, stepAt(seconds * 1000))).toBe(code);
});

test("a code is good for its period and the ones beside it, and once", () => {
  const at = 59_000;
  const step = stepAt(at);
  expect(stepOf(secret, "287 082", at, 0)).toBe(step);
  expect(stepOf(secret, "287082", at + 30_000, 0)).toBe(step);
  expect(stepOf(secret, "287082", at + 90_000, 0)).toBe(null);
  expect(stepOf(secret, "287082", at, step)).toBe(null);
  expect(stepOf(secret, "000000", at, 0)).toBe(null);
});

test("a secret is 160 bits that an app can read", () => {
  const made = newTotpSecret();
  expect(made).toMatch(/^[A-Z2-7]{32}$/);
  expect(otpauth(made, "a@b.test")).toBe(
    `otpauth://totp/Ledger%3Aa%40b.test?secret=${made}&issuer=Ledger`,
  );
});
