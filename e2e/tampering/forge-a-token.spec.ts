import {
  base64url,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  importJWK,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from "jose";
import { v7 as newId } from "uuid";
import { introspection, post, sessionState, tokenFor } from "#e2e/fixtures/oauth.ts";
import { anotherProduct } from "#e2e/fixtures/products.ts";
import { countOf, watch } from "#e2e/fixtures/record.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { privateKey, publishedKeys, signingKey } from "#lib/oauth/keys.ts";
import { env } from "#lib/platform/env.ts";

const part = (value: unknown) => base64url.encode(JSON.stringify(value));
const read = (text: string | undefined): Record<string, unknown> =>
  JSON.parse(Buffer.from(text ?? "", "base64url").toString());

/** Every forgery of a genuine token that we know of, by name. */
async function forgeries(genuine: string, cookie: string): Promise<[string, string][]> {
  const [head, body, signature] = genuine.split(".");
  const header = read(head);
  const payload: JWTPayload = read(body);
  const { ALONGSIDE_SIGNING_KEYS: keys } = env();
  const own = await privateKey(signingKey(keys, new Date()));
  const [jwk] = publishedKeys(keys, new Date()).keys;
  const { kid = "" } = jwk ?? {};
  const publicKey = await importJWK(jwk ?? {}, "ES256");
  const pem = publicKey instanceof Uint8Array ? "" : await exportSPKI(publicKey);
  const evil = await generateKeyPair("ES256", { extractable: true });
  const evilJwk = await exportJWK(evil.publicKey);

  const signed = (
    key: Parameters<SignJWT["sign"]>[0],
    more: Partial<JWTHeaderParameters> = {},
    claims: JWTPayload = {},
  ) =>
    new SignJWT({ ...payload, ...claims })
      .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid, ...more })
      .sign(key);
  const bytes = (text: string) => new TextEncoder().encode(text);
  const none = (alg: string) => `${part({ ...header, alg })}.${body}.`;
  const altered = (claims: JWTPayload) => `${head}.${part({ ...payload, ...claims })}.${signature}`;

  return [
    ["alg none", none("none")],
    ["alg None", none("None")],
    ["alg NONE with the signature", none("NONE") + signature],
    ["no alg", `${part({ typ: "at+jwt", kid })}.${body}.${signature}`],
    ["no signature", `${head}.${body}.`],
    ["two parts", `${head}.${body}`],
    ["a signature of zeros", `${head}.${body}.${base64url.encode(new Uint8Array(64))}`],
    ["HS256 by the public key as PEM", await signed(bytes(pem), { alg: "HS256" })],
    ["HS256 by the public key as JWK", await signed(bytes(JSON.stringify(jwk)), { alg: "HS256" })],
    ["another key under our kid", await signed(evil.privateKey)],
    ["another key under its own kid", await signed(evil.privateKey, { kid: "evil" })],
    ["another key without a kid", await signed(evil.privateKey, { kid: undefined })],
    ["a key in the header", await signed(evil.privateKey, { jwk: evilJwk })],
    ["a key by jku", await signed(evil.privateKey, { jku: "http://evil.test/jwks.json" })],
    ["a key by x5u", await signed(evil.privateKey, { x5u: "http://evil.test/x" })],
    ["a key by x5c", await signed(evil.privateKey, { x5c: [base64url.encode("x")] })],
    ["a kid that is a path", await signed(evil.privateKey, { kid: "../../../../dev/null" })],
    ["a kid that is SQL", await signed(evil.privateKey, { kid: "' or '1'='1" })],
    ["wider scope", altered({ scope: "write" })],
    ["another subject", altered({ sub: "usr_7QK2M9" })],
    ["another actor", altered({ act: { sub: newId(), name: "Runa Castellane" } })],
    ["a later end", altered({ exp: (payload.exp ?? 0) + 3600 })],
    // By our own key, so that what else is checked shows.
    ["typ JWT", await signed(own, { typ: "JWT" })],
    ["no typ", await signed(own, { typ: undefined })],
    ["another issuer", await signed(own, {}, { iss: "http://evil.test" })],
    ["another client", await signed(own, {}, { client_id: "shop" })],
    ["a jti that nobody issued", await signed(own, {}, { jti: newId() })],
    ["a jti that is no id", await signed(own, {}, { jti: "1' or '1'='1" })],
    ["another session", await signed(own, {}, { sid: newId() })],
    ["a session that is no id", await signed(own, {}, { sid: "\0" })],
    ["no end", await signed(own, {}, { exp: undefined })],
    ["the panel's cookie", cookie.replace(/^[^=]+=/, "")],
    ["nothing like a token", "' or 1=1 --"],
    ["a long nothing", "x.".repeat(5000)],
  ];
}

test("nothing but the token that was given is one, at introspection and at revocation", async ({
  caller,
  databases: { owner },
}) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, "jane@pebblewick.test"));
  const genuine = await tokenFor(agent, sid);
  const before = await sessionState(owner, sid);
  const refused = await watch(owner, "token.refused");
  const counted = await countOf(owner, "token.refused", "invalid");
  const forged = await forgeries(genuine, agent.cookie);

  for (const [name, token] of forged) {
    expect(await introspection(token), name).toEqual({ active: false });
    const revoked = await post("revoke", { token });
    expect([revoked.status, revoked.text], name).toEqual([200, ""]);
  }
  expect(await sessionState(owner, sid)).toBe(before);
  // Revocations each have an entry, introspections are counted.
  const entries = (await refused()).filter(({ body }) => body.by === "Ledger");
  expect(entries).toHaveLength(forged.length);
  expect(await countOf(owner, "token.refused", "invalid")).toBe(counted + forged.length);
  expect(new Set(entries.map(({ body }) => body.refused))).toEqual(new Set(["invalid"]));
  expect(await introspection(genuine)).toMatchObject({ active: true, sid });
});

test("another product learns nothing of a token, and ends nothing with it", async ({
  caller,
  databases: { owner },
}) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, "jane@pebblewick.test"));
  const token = await tokenFor(agent, sid);
  const thief = await anotherProduct(owner);
  const refused = await watch(owner, "token.refused");
  const counted = await countOf(owner, "token.refused", "invalid");
  const before = await sessionState(owner, sid);
  expect(await introspection(token, thief)).toEqual({ active: false });
  expect((await post("revoke", { token }, thief)).status).toBe(200);
  expect(await sessionState(owner, sid)).toBe(before);
  const entries = (await refused()).filter(({ body }) => body.by === "Shop");
  expect(entries.map(({ session_id }) => session_id)).toEqual([null]);
  expect(await countOf(owner, "token.refused", "invalid")).toBe(counted + 1);
});

test("a newer token retires the older, and the end ends both", async ({
  caller,
  databases: { owner },
}) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, "jane@pebblewick.test"));
  const older = await tokenFor(agent, sid);
  const newer = await tokenFor(agent, sid);
  const refused = await watch(owner, "token.refused");
  const counted = await countOf(owner, "token.refused", "retired");
  expect(await introspection(older)).toEqual({ active: false });
  expect((await post("revoke", { token: older })).status).toBe(200);
  expect(await introspection(newer)).toMatchObject({ active: true });
  const entries = (await refused()).filter(({ body }) => body.by === "Ledger");
  expect(entries.map(({ session_id }) => session_id)).toEqual([sid]);
  expect(await countOf(owner, "token.refused", "retired")).toBe(counted + 1);

  await post("revoke", { token: newer });
  expect(await introspection(newer)).toMatchObject({ active: false, ended_cause: "product" });
  expect(await introspection(older)).toEqual({ active: false });
});
