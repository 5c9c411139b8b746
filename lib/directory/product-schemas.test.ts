import { exportJWK, exportPKCS8, exportSPKI, generateKeyPair } from "jose";
import { describe, expect, test } from "vitest";
import { addProductSchema } from "./product-schemas.ts";

const product = {
  clientId: "ledger",
  name: "Ledger",
  environment: "production",
  origin: "https://ledger.example.com",
  redirectUris: ["https://ledger.example.com/alongside/callback"],
  initiateLoginUri: "https://ledger.example.com/alongside/login",
};
/** Fields at fault. */
const faults = async (over: object): Promise<string[]> => {
  const parsed = await addProductSchema.safeParseAsync({ ...product, ...over });
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => String(path[0]));
};

test("a product on https, and one on this machine", async () => {
  expect(await faults({})).toEqual([]);
  for (const origin of ["http://127.0.0.1:3001", "http://localhost:3001", "http://[::1]:3001"])
    expect(
      await faults({ origin, redirectUris: [`${origin}/cb`], initiateLoginUri: `${origin}/in` }),
    ).toEqual([]);
});

describe("refused", () => {
  test.each([
    ["an origin without encryption", "http://ledger.example.com"],
    ["an origin that only looks like this machine", "http://localhost.example.com"],
    ["an origin with a path", "https://ledger.example.com/app"],
    ["an origin with a slash at its end", "https://ledger.example.com/"],
    ["an origin in capitals", "https://Ledger.example.com"],
    ["an origin with the port that it has anyway", "https://ledger.example.com:443"],
    ["a script", "javascript:alert(1)"],
    ["nothing", ""],
  ])("%s", async (_, origin) => expect(await faults({ origin })).toContain("origin"));

  test.each([
    ["another origin", "https://evil.example.com/alongside/callback"],
    ["another port", "https://ledger.example.com:8443/alongside/callback"],
    ["a name before the host", "https://ledger.example.com@evil.example.com/cb"],
    ["a password", "https://a:b@ledger.example.com/cb"],
    ["a fragment", "https://ledger.example.com/cb#x"],
    ["an empty fragment", "https://ledger.example.com/cb#"],
    ["a query", "https://ledger.example.com/cb?x=1"],
    ["a wildcard", "https://ledger.example.com/*"],
    ["a wildcard host", "https://*.example.com/cb"],
    ["a way up", "https://ledger.example.com/a/../cb"],
    ["a backslash", "https://ledger.example.com\\cb"],
    ["a space at its end", "https://ledger.example.com/cb "],
    ["a tab within", "https://ledger.example.com/c\tb"],
  ])("a redirect URI with %s", async (_, uri) => {
    expect(await faults({ redirectUris: [...product.redirectUris, uri] })).toContain(
      "redirectUris",
    );
    expect(await faults({ initiateLoginUri: uri })).toContain("initiateLoginUri");
  });

  test.each(["", "Ledger", "led ger", "ledger:x", "-x", "x".repeat(64)])(
    "the client id %j",
    async (clientId) => expect(await faults({ clientId })).toEqual(["clientId"]),
  );
});

describe("public keys", () => {
  test("as PEM, JWK or set, each with its kid", async () => {
    const { publicKey } = await generateKeyPair("ES256", { extractable: true });
    const jwk = await exportJWK(publicKey);
    const texts = [
      await exportSPKI(publicKey),
      JSON.stringify(jwk),
      JSON.stringify({ keys: [{ ...jwk, kid: "mine", use: "sig" }] }),
    ];
    const kids: unknown[] = [];
    for (const publicKeys of texts) {
      const parsed = await addProductSchema.parseAsync({ ...product, publicKeys });
      expect(parsed.publicKeys?.keys).toMatchObject([jwk]);
      kids.push(parsed.publicKeys?.keys[0]?.kid);
    }
    expect(kids[0]).toBe(kids[1]);
    expect(kids[2]).toBe("mine");
  });

  test("a private, a weak or no key is refused", async () => {
    const { privateKey } = await generateKeyPair("ES256", { extractable: true });
    const texts = [
      await exportPKCS8(privateKey),
      JSON.stringify(await exportJWK(privateKey)),
      JSON.stringify({ kty: "oct", k: "c2VjcmV0" }),
      JSON.stringify({ keys: [] }),
      '{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}',
      "ssh-ed25519 AAAA",
      "",
    ];
    for (const publicKeys of texts) expect(await faults({ publicKeys })).toEqual(["publicKeys"]);
  });
});
