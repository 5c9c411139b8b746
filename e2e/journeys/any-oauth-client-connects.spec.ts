import * as client from "openid-client";
import { eventsOf } from "#e2e/fixtures/record.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { stack } from "#e2e/support/stack.ts";

/** Ledger's credentials in the hands of `openid-client`, as it comes from the registry. */
const connect = () =>
  client.discovery(
    new URL(stack().panelUrl),
    "ledger",
    undefined,
    client.ClientSecretBasic(stack().ledgerClientSecret),
    { algorithm: "oauth2", execute: [client.allowInsecureRequests] },
  );

test("openid-client discovers, gets a code and a token, introspects and revokes", async ({
  newcomer,
  databases,
  urls,
}) => {
  const agent = await newcomer();
  const sid = await started(agent, await subjectOf(databases.owner, "jane@pebblewick.test"));
  const config = await connect();
  expect(config.serverMetadata().issuer).toBe(urls.panel);

  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const asked = client.buildAuthorizationUrl(config, {
    redirect_uri: `${urls.ledger}/alongside/callback`,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    login_hint: sid,
    state,
  });
  const answer = await agent.context.request.get(asked.href, { maxRedirects: 0 });
  const callback = new URL(answer.headers().location ?? "");
  expect(callback.searchParams.get("iss")).toBe(urls.panel);

  const tokens = await client.authorizationCodeGrant(config, callback, {
    pkceCodeVerifier: verifier,
    expectedState: state,
  });
  expect(tokens.token_type).toBe("bearer");
  expect(tokens.scope).toBe("read");
  expect(tokens.refresh_token).toBeUndefined();
  expect(tokens.expires_in).toBeLessThanOrEqual(30 * 60);
  expect(tokens.access_token.length).toBeLessThan(3.5 * 1024);

  const live = await client.tokenIntrospection(config, tokens.access_token);
  expect(live).toMatchObject({
    active: true,
    sid,
    scope: "read",
    aud: urls.ledger,
    act: { sub: agent.person.id, name: agent.person.name },
  });

  await client.tokenRevocation(config, tokens.access_token);
  const over = await client.tokenIntrospection(config, tokens.access_token);
  expect(over).toMatchObject({ active: false, ended_cause: "product" });
  expect(await eventsOf(databases.owner, sid)).toEqual(
    expect.arrayContaining(["code.issued", "token.issued", "session.ended"]),
  );
});

test("a code that is presented twice ends the session", async ({ newcomer, databases, urls }) => {
  const agent = await newcomer();
  const sid = await started(agent, await subjectOf(databases.owner, "jane@pebblewick.test"));
  const config = await connect();
  const verifier = client.randomPKCECodeVerifier();
  const asked = client.buildAuthorizationUrl(config, {
    redirect_uri: `${urls.ledger}/alongside/callback`,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    login_hint: sid,
    state: "s",
  });
  const answer = await agent.context.request.get(asked.href, { maxRedirects: 0 });
  const callback = new URL(answer.headers().location ?? "");
  const checks = { pkceCodeVerifier: verifier, expectedState: "s" };
  const { access_token: token } = await client.authorizationCodeGrant(config, callback, checks);
  await expect(client.authorizationCodeGrant(config, callback, checks)).rejects.toMatchObject({
    error: "invalid_grant",
  });
  const after = await client.tokenIntrospection(config, token);
  expect(after).toMatchObject({ active: false, ended_cause: "code_reuse" });
});

test("nobody but the actor's own browser gets a code", async ({ newcomer, databases, urls }) => {
  const agent = await newcomer();
  const other = await newcomer();
  const sid = await started(agent, await subjectOf(databases.owner, "jane@pebblewick.test"));
  const asked = client.buildAuthorizationUrl(await connect(), {
    redirect_uri: `${urls.ledger}/alongside/callback`,
    code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
    code_challenge_method: "S256",
    login_hint: sid,
    state: "s",
  });
  const answer = await other.context.request.get(asked.href, { maxRedirects: 0 });
  const callback = new URL(answer.headers().location ?? "");
  expect(callback.searchParams.get("code")).toBeNull();
  expect(callback.searchParams.get("error")).toBe("access_denied");

  asked.searchParams.set("redirect_uri", `${urls.ledger}/alongside/callback/../evil`);
  const foreign = await agent.context.request.get(asked.href, { maxRedirects: 0 });
  expect(foreign.status()).toBe(400);
  expect(foreign.headers().location).toBeUndefined();
});
