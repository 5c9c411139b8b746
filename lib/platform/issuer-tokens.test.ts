import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  generateSecret,
  type JWTPayload,
  SignJWT,
} from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { verifyIdToken, verifyLogoutToken } from "./issuer-tokens.ts";

const iss = "https://login.acme.test/tenant";
const clientId = "alongside";
const now = Math.floor(Date.now() / 1000);
const event = "http://schemas.openid.net/event/backchannel-logout";
type Keys = Awaited<ReturnType<typeof generateKeyPair>>;
let ec: Keys;
let rsa: Keys;
let other: Keys;
let issuer: Parameters<typeof verifyIdToken>[1];
beforeAll(async () => {
  [ec, rsa, other] = await Promise.all([
    generateKeyPair("ES256"),
    generateKeyPair("RS256"),
    generateKeyPair("ES256"),
  ]);
  const keys = createLocalJWKSet({
    keys: [
      { ...(await exportJWK(ec.publicKey)), kid: "ec", alg: "ES256" },
      { ...(await exportJWK(rsa.publicKey)), kid: "rsa", alg: "RS256" },
    ],
  });
  const metadata = {
    issuer: iss,
    authorization_endpoint: `${iss}/authorize`,
    token_endpoint: `${iss}/token`,
    jwks_uri: `${iss}/jwks`,
    token_endpoint_auth_methods_supported: [],
    authorization_response_iss_parameter_supported: false,
  };
  issuer = { metadata, keys };
});

const sign = (payload: JWTPayload, header = {}, key = ec.privateKey) =>
  new SignJWT(payload).setProtectedHeader({ alg: "ES256", kid: "ec", ...header }).sign(key);
const base = { iss, aud: clientId, iat: now, exp: now + 300, sub: "jane" };

describe("an ID token", () => {
  const claims = { ...base, nonce: "n" };
  const verify = async (token: string | Promise<string>) =>
    verifyIdToken(await token, issuer, { clientId, nonce: "n" });

  it("is taken, signed by either kind of key, with what it need not say left out", async () => {
    expect(await verify(sign(claims))).toMatchObject({ sub: "jane" });
    expect(await verify(sign({ ...claims, aud: [clientId], auth_time: now - 60 }))).toMatchObject({
      auth_time: now - 60,
    });
    const byRsa = sign(claims, { alg: "RS256", kid: "rsa", typ: "JWT" }, rsa.privateKey);
    expect(await verify(byRsa)).toMatchObject({ sub: "jane" });
    const two = { ...claims, aud: [clientId, "another"], azp: clientId };
    expect(await verify(sign(two))).toMatchObject({ sub: "jane" });
  });

  it("takes no word for an e-mail that is not plainly verified", async () => {
    const verified = async (value: unknown) =>
      (await verify(sign({ ...claims, email_verified: value }))).email_verified;
    expect([await verified(true), await verified("true")]).toEqual([true, true]);
    expect([await verified(false), await verified("false")]).toEqual([false, false]);
    expect([await verified(1), await verified("yes"), await verified(null)]).toEqual([
      false,
      false,
      false,
    ]);
    expect((await verify(sign(claims))).email_verified).toBeUndefined();
  });

  const wrong: [string, JWTPayload, string][] = [
    ["another nonce", { ...claims, nonce: "other" }, "nonce"],
    ["no nonce", base, "nonce"],
    ["another audience", { ...claims, aud: "another" }, "aud"],
    ["several audiences and no party", { ...claims, aud: [clientId, "another"] }, "azp"],
    ["another party", { ...claims, azp: "another" }, "azp"],
    ["another issuer", { ...claims, iss: "https://login.acme.test" }, "iss"],
    ["the issuer with a slash", { ...claims, iss: `${iss}/` }, "iss"],
    ["over", { ...claims, exp: now - 120 }, "exp"],
    ["no end", { iss, aud: clientId, iat: now, sub: "jane", nonce: "n" }, "exp"],
    ["from the future", { ...claims, iat: now + 600, exp: now + 900 }, "iat"],
    ["not yet good", { ...claims, nbf: now + 600 }, "nbf"],
    ["no subject", { ...claims, sub: "" }, "sub"],
    ["a logout token", { ...claims, events: { [event]: {} } }, "events"],
  ];
  it.each(wrong)("is not taken: %s", async (_, payload, check) => {
    await expect(verify(sign(payload))).rejects.toMatchObject({ check });
  });

  it("is not taken by another key, by none, by our shared secret, or as another kind of token", async () => {
    await expect(verify(sign(claims, {}, other.privateKey))).rejects.toMatchObject({
      check: "signature",
    });
    const [, body] = (await sign(claims)).split(".");
    const none = Buffer.from('{"alg":"none"}').toString("base64url");
    await expect(verify(`${none}.${body}.`)).rejects.toMatchObject({ check: "alg" });
    const shared = await generateSecret("HS256");
    const symmetric = new SignJWT(claims).setProtectedHeader({ alg: "HS256" });
    await expect(verify(symmetric.sign(shared))).rejects.toMatchObject({ check: "alg" });
    await expect(verify(sign(claims, { typ: "at+jwt" }))).rejects.toMatchObject({ check: "typ" });
    await expect(verify("not a token")).rejects.toMatchObject({ check: "form" });
    const [head, , signature] = (await sign(claims)).split(".");
    const altered = Buffer.from(JSON.stringify({ ...claims, sub: "max" })).toString("base64url");
    await expect(verify(`${head}.${altered}.${signature}`)).rejects.toMatchObject({
      check: "signature",
    });
  });
});

describe("a logout token", () => {
  const claims = { ...base, jti: "j", events: { [event]: {} } };
  const verify = async (token: string | Promise<string>) =>
    verifyLogoutToken(await token, issuer, clientId);

  it("is taken with a person, a session, or both", async () => {
    expect(await verify(sign(claims, { typ: "logout+jwt" }))).toMatchObject({ sub: "jane" });
    const { sub: _, ...bySession } = claims;
    expect(await verify(sign({ ...bySession, sid: "s" }))).toMatchObject({ sid: "s" });
  });

  const { sub: _sub, ...nobody } = claims;
  const { jti: _jti, ...nameless } = claims;
  const { events: _events, ...eventless } = claims;
  const { exp: _exp, ...endless } = claims;
  const wrong: [string, JWTPayload, string][] = [
    ["with a nonce, as an ID token", { ...claims, nonce: "n" }, "nonce"],
    ["about nobody", nobody, "sub"],
    ["without a name of its own", nameless, "jti"],
    ["without the event", eventless, "events"],
    ["with another event", { ...claims, events: { "http://example.com": {} } }, "events"],
    ["with the event as a text", { ...claims, events: { [event]: "yes" } }, "events"],
    ["for another", { ...claims, aud: "another" }, "aud"],
    ["of another", { ...claims, iss: "https://evil.test" }, "iss"],
    ["without an end", endless, "exp"],
    ["issued long ago", { ...claims, iat: now - 3600 }, "iat"],
    ["over", { ...claims, exp: now - 120 }, "exp"],
  ];
  it.each(wrong)("is not taken: %s", async (_, payload, check) => {
    await expect(verify(sign(payload))).rejects.toMatchObject({ check });
  });
});
