import { keepEmpty } from "#db/testing/limits.ts";
import { askFrom, retryAfterIn, untilAnswered } from "#e2e/fixtures/from-elsewhere.ts";
import { refusalsOf } from "#e2e/fixtures/limits.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { stack } from "#e2e/support/stack.ts";
import { limits } from "#lib/limits/limits.ts";

const guesser = "127.0.0.71";

test("guessing a product's secret becomes slow, at every door, and does not lock the product out", async ({
  urls,
  databases,
}) => {
  const introspect = (from: string, secret: string, more: Record<string, string> = {}) =>
    askFrom(`${urls.panel}/oauth/introspect`, {
      from,
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        authorization: `Basic ${Buffer.from(`ledger:${secret}`).toString("base64")}`,
        ...more,
      },
      body: "token=none",
    });
  const { ledgerClientSecret } = stack();
  expect((await introspect(guesser, "wrong")).status).toBe(401);

  const { most } = limits.client_guesses_from_source;
  const often = await untilAnswered(429, most + 50, () => introspect(guesser, "wrong"));
  expect(JSON.parse(often.text)).toMatchObject({ error: "slow_down" });
  expect(retryAfterIn(often)).toBeLessThanOrEqual(6);
  await keepEmpty(databases.owner, `client_guesses_from_source:${guesser}`);

  // Not even the right one tells itself from a wrong one now, and a header names no other source.
  expect((await introspect(guesser, ledgerClientSecret)).status).toBe(429);
  expect((await introspect(guesser, "wrong", { "x-forwarded-for": "198.51.100.1" })).status).toBe(
    429,
  );
  const api = await askFrom(`${urls.panel}/api/v1/directory`, {
    from: guesser,
    method: "PUT",
    headers: { "content-type": "application/x-ndjson", authorization: "Basic bGVkZ2VyOng=" },
    body: "",
  });
  expect(api.status).toBe(429);
  expect(api.headers["content-type"]).toBe("application/problem+json");
  expect(JSON.parse(api.text)).toMatchObject({ status: 429, code: "too_often" });
  retryAfterIn(api);

  expect((await introspect("127.0.0.1", ledgerClientSecret)).status).toBe(200);
  expect(
    await refusalsOf(databases.owner, "client_guesses_from_source", { source: guesser }),
  ).toBeGreaterThanOrEqual(4);
});

test("a product that was there first is let in beside whoever guesses", async ({
  urls,
  databases,
}) => {
  const shared = "127.0.0.72";
  const ask = (secret: string) =>
    askFrom(`${urls.panel}/oauth/introspect`, {
      from: shared,
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        authorization: `Basic ${Buffer.from(`ledger:${secret}`).toString("base64")}`,
      },
      body: "token=none",
    });
  const { ledgerClientSecret } = stack();
  expect((await ask(ledgerClientSecret)).status).toBe(200);
  await untilAnswered(429, limits.client_guesses_from_source.most + 50, () => ask("wrong"));
  await keepEmpty(databases.owner, `client_guesses_from_source:${shared}`);
  expect((await ask("wrong")).status).toBe(429);
  expect((await ask(ledgerClientSecret)).status).toBe(200);
});
