import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { v7 as newId } from "uuid";
import { basic, form, formType, jsonType, send } from "#e2e/fixtures/http.ts";
import { forgetLimits } from "#e2e/fixtures/limits.ts";
import { codeFor, jsonOf, redemption, sessionState } from "#e2e/fixtures/oauth.ts";
import { anotherProduct, ledger } from "#e2e/fixtures/products.ts";
import { countOf } from "#e2e/fixtures/record.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

type Try = { headers?: Record<string, string>; fields?: Record<string, string>; query?: string };
const bearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

test("nobody is a client without its proof, by one method, in its place", async ({
  caller,
  databases: { owner },
  urls,
}) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, "jane@pebblewick.test"));
  const { secret, proof } = ledger();
  const keys = await generateKeyPair("ES256");
  const other = await generateKeyPair("ES256");
  const signer = await anotherProduct(owner, {
    keys: [{ ...(await exportJWK(keys.publicKey)), alg: "ES256" }],
  });
  const sign = (over: Record<string, unknown> = {}, key = keys.privateKey, alg = "ES256") =>
    new SignJWT({
      iss: signer.clientId,
      sub: signer.clientId,
      aud: urls.panel,
      jti: newId(),
      exp: Math.floor(Date.now() / 1000) + 60,
      ...over,
    })
      .setProtectedHeader({ alg })
      .sign(key);
  const asserted = (token: string) => ({ client_assertion_type: bearer, client_assertion: token });
  const unsigned = (await sign()).split(".");
  const none = `${btoa('{"alg":"none"}').replaceAll("=", "")}.${unsigned[1]}.`;

  const tries: [string, Try][] = [
    ["nothing", {}],
    ["a name alone", { fields: { client_id: "ledger" } }],
    ["the secret in the body", { fields: { client_id: "ledger", client_secret: secret } }],
    ["the secret in the query", { query: `?client_id=ledger&client_secret=${secret}` }],
    ["two methods", { headers: proof, fields: { client_secret: secret } }],
    ["two methods by assertion", { headers: proof, fields: asserted(await sign()) }],
    ["another's name", { headers: proof, fields: { client_id: signer.clientId } }],
    ["an empty secret", { headers: basic("ledger", "") }],
    ["a wrong secret", { headers: basic("ledger", `${secret}x`) }],
    ["a secret in another case", { headers: basic("ledger", secret.toUpperCase()) }],
    ["its own hash", { headers: basic("ledger", "0".repeat(64)) }],
    ["the secret of another", { headers: basic(signer.clientId, secret) }],
    ["a client that signs, by its secret", { headers: basic(signer.clientId, signer.secret) }],
    ["a name with NUL", { headers: basic("led\0ger", secret) }],
    ["the secret as a bearer", { headers: { authorization: `Bearer ${secret}` } }],
    ["an unknown scheme", { headers: { authorization: `Digest ${secret}` } }],
    ["an assertion for elsewhere", { fields: asserted(await sign({ aud: "http://evil.test" })) }],
    ["an assertion of another", { fields: asserted(await sign({ sub: "ledger", iss: "ledger" })) }],
    ["an assertion about another", { fields: asserted(await sign({ iss: "ledger" })) }],
    ["an old assertion", { fields: asserted(await sign({ exp: 1_700_000_000 })) }],
    ["an assertion for a year", { fields: asserted(await sign({ exp: 1_999_999_999 })) }],
    ["an assertion without an id", { fields: asserted(await sign({ jti: undefined })) }],
    ["an assertion by another key", { fields: asserted(await sign({}, other.privateKey)) }],
    ["an unsigned assertion", { fields: asserted(none) }],
    ["an assertion of no type", { fields: { client_assertion: await sign() } }],
  ];
  const code = await codeFor(agent, sid);
  const before = await sessionState(owner, sid);
  await forgetLimits(owner);
  const counted = await countOf(owner, "client.refused", "not_signed_in");
  let asked = 0;
  for (const [name, { headers = {}, fields = {}, query = "" }] of tries) {
    for (const [endpoint, values] of [
      ["token", redemption(code)],
      ["introspect", { token: "a.b.c" }],
      ["revoke", { token: "a.b.c" }],
    ] as const) {
      const answer = await send(urls.panel, `/oauth/${endpoint}${query}`, {
        method: "POST",
        headers: { ...formType, ...headers },
        body: form({ ...values, ...fields }),
      });
      asked += 1;
      expect(answer.status, `${name} at ${endpoint}`).toBe(401);
      expect(jsonOf(answer), name).toMatchObject({ error: "invalid_client" });
      expect(answer.headers["www-authenticate"], name).toMatch(/^Basic /);
    }
  }
  await forgetLimits(owner);
  for (const path of ["actions", "end"]) {
    const answer = await send(urls.panel, `/api/v1/sessions/${sid}/${path}`, {
      method: "POST",
      headers: { ...jsonType, ...basic("ledger", "wrong") },
      body: JSON.stringify({ by: "customer" }),
    });
    asked += 1;
    expect(answer.status, path).toBe(401);
    expect(jsonOf(answer)).toMatchObject({ status: 401, code: "not_signed_in" });
  }
  expect(await sessionState(owner, sid)).toBe(before);
  expect(await countOf(owner, "client.refused", "not_signed_in")).toBe(counted + asked);
  await forgetLimits(owner);

  const taken = await send(urls.panel, "/oauth/introspect", {
    method: "POST",
    headers: formType,
    body: form({ token: "a.b.c", ...asserted(await sign()) }),
  });
  expect(taken.status).toBe(200);
});
