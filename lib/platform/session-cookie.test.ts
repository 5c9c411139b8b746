import { afterEach, describe, expect, it, vi } from "vitest";

const key = { kty: "EC", crv: "P-256", kid: "1", x: "x", y: "y", d: "d" };

/** The settings of a panel at this address; modules anew, since they keep what they read. */
async function settingsAt(address: string) {
  vi.resetModules();
  vi.stubEnv("DATABASE_URL", "postgres://run:pw@127.0.0.1/alongside");
  vi.stubEnv("NEXTAUTH_SECRET", "a secret of thirty-two characters");
  const keys = [{ ...key, signs_from: "2026-01-01T00:00:00Z" }];
  vi.stubEnv("ALONGSIDE_SIGNING_KEYS", JSON.stringify(keys));
  vi.stubEnv("ALONGSIDE_URL", address);
  const { authOptions } = await import("./auth.ts");
  const { mintSessionCookie } = await import("./session-cookie.ts");
  const { securityHeaders } = await import("./headers.ts");
  return { options: authOptions(), minted: await mintSessionCookie("x"), securityHeaders };
}
afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

// All that next-auth 4 sets: one that is not named would be its own, with its own name.
const names = ["sessionToken", "callbackUrl", "csrfToken", "state", "pkceCodeVerifier", "nonce"];

describe("cookies", () => {
  it("are bound to this host and to https, where the panel is on https", async () => {
    const { options, minted, securityHeaders } = await settingsAt("https://alongside.acme.test");
    expect(options.useSecureCookies).toBe(true);
    expect(Object.keys(options.cookies ?? {}).sort()).toEqual(names.toSorted());
    for (const { name, options: attributes } of Object.values(options.cookies ?? {})) {
      expect(name).toMatch(/^__Host-next-auth\.[a-z-]+$/);
      expect(attributes).toMatchObject({
        path: "/",
        secure: true,
        httpOnly: true,
        sameSite: "lax",
      });
      expect(attributes).not.toHaveProperty("domain");
    }
    expect(minted.name).toBe(options.cookies?.sessionToken?.name);
    expect(Object.fromEntries(securityHeaders())).toHaveProperty("strict-transport-security");
  });

  it("are neither on http, where browsers would drop them", async () => {
    const { options, minted, securityHeaders } = await settingsAt("http://localhost:3000");
    expect(options.useSecureCookies).toBe(false);
    for (const { name, options: attributes } of Object.values(options.cookies ?? {})) {
      expect(name).toMatch(/^next-auth\.[a-z-]+$/);
      expect(attributes).toMatchObject({ secure: false, httpOnly: true, sameSite: "lax" });
    }
    expect(minted.name).toBe("next-auth.session-token");
    expect(Object.fromEntries(securityHeaders())).not.toHaveProperty("strict-transport-security");
  });
});
