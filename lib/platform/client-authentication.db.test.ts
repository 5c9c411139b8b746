import { createHash } from "node:crypto";
import { drizzle } from "drizzle-orm/node-postgres";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { newId, newSecret } from "#lib/kernel/ids.ts";
import { forgetSpent } from "#lib/limits/spend-token.ts";
import { authenticate } from "./client-authentication.ts";

const s = await scene();
const issuer = "https://alongside.test";
const ctx = {
  db: drizzle(s.runtime),
  actor: { kind: "anonymous" as const },
  ip: "192.0.2.7",
  userAgent: null,
  requestId: newId(),
};

const secret = newSecret();
await s.owner.query("update products set secret_hash = $1 where client_id = 'ledger'", [
  createHash("sha256").update(secret).digest("hex"),
]);
const { publicKey, privateKey } = await generateKeyPair("ES256");
await insert(s.owner, "products", {
  id: newId(),
  client_id: "signer",
  name: "Signer",
  environment: "demo",
  origin: "https://signer.test",
  redirect_uris: ["https://signer.test/callback"],
  initiate_login_uri: "https://signer.test/login",
  jwks: { keys: [await exportJWK(publicKey)] },
});

/** The client that was recognised, or the refusal's code. */
async function who(authorization: string | null, form?: Record<string, string>): Promise<string> {
  const headers = new Headers(authorization ? { authorization } : {});
  const result = await authenticate(
    ctx,
    issuer,
    headers,
    form ? new URLSearchParams(form) : undefined,
  );
  return result.ok ? result.value.actor.clientId : result.error.code;
}
const basic = (id: string, password: string): string =>
  `Basic ${Buffer.from(`${id}:${password}`).toString("base64")}`;

describe("client_secret_basic", () => {
  it("knows the client by its secret", async () => {
    expect(await who(basic("ledger", secret))).toBe("ledger");
    expect(await who(basic("ledger", secret), { client_id: "ledger" })).toBe("ledger");
  });

  it.each([
    ["another secret", basic("ledger", newSecret())],
    ["no secret", basic("ledger", "")],
    ["an unknown client", basic("nobody", secret)],
    ["a name that no database can store", basic("led\0ger", secret)],
    ["the same, encoded", basic("led%00ger", secret)],
    ["a client that signs", basic("signer", "")],
    ["broken encoding", basic("ledger", "%zz")],
    ["nothing", null],
  ])("refuses %s", async (_, authorization) => {
    expect(await who(authorization)).toBe("not_signed_in");
  });

  it("refuses a form that names another client, or a second method", async () => {
    expect(await who(basic("ledger", secret), { client_id: "signer" })).toBe("not_signed_in");
    expect(await who(basic("ledger", secret), { client_secret: secret })).toBe("not_signed_in");
  });
});

describe("a secret that is being changed", () => {
  const previous = newSecret();
  const set = (until: string) =>
    s.owner.query(
      `update products set previous_secret_hash = $1, previous_secret_until = clock_timestamp() ${until} where client_id = 'ledger'`,
      [createHash("sha256").update(previous).digest("hex")],
    );

  it("is good beside the new one until its time, and no longer", async () => {
    await set("+ interval '1 hour'");
    expect(await who(basic("ledger", previous))).toBe("ledger");
    expect(await who(basic("ledger", secret))).toBe("ledger");
    await set("- interval '1 second'");
    expect(await who(basic("ledger", previous))).toBe("not_signed_in");
    expect(await who(basic("ledger", secret))).toBe("ledger");
  });
});

describe("private_key_jwt", () => {
  type Claims = { iss?: string; sub?: string; aud?: string; exp?: string; jti?: string | null };
  const sign = async (claims: Claims = {}, key = privateKey): Promise<string> => {
    const { jti = newId() } = claims;
    return new SignJWT(jti ? { jti } : {})
      .setProtectedHeader({ alg: "ES256" })
      .setIssuer(claims.iss ?? "signer")
      .setSubject(claims.sub ?? "signer")
      .setAudience(claims.aud ?? issuer)
      .setExpirationTime(claims.exp ?? "1m")
      .sign(key);
  };
  const form = (assertion: string) => ({
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: assertion,
  });

  it("knows the client by its signature, in a form or as a bearer token", async () => {
    expect(await who(null, form(await sign()))).toBe("signer");
    expect(await who(null, form(await sign({ aud: `${issuer}/oauth/token` })))).toBe("signer");
    expect(await who(`Bearer ${await sign()}`)).toBe("signer");
  });

  it("takes an assertion once, however it is presented", async () => {
    const assertion = await sign();
    expect(await who(null, form(assertion))).toBe("signer");
    expect(await who(null, form(assertion))).toBe("not_signed_in");
    expect(await who(`Bearer ${assertion}`)).toBe("not_signed_in");
    const twice = await sign({ jti: "the same" });
    const again = await sign({ jti: "the same", exp: "2m" });
    const [a, b] = await Promise.all([who(`Bearer ${twice}`), who(`Bearer ${again}`)]);
    expect([a, b].sort()).toEqual(["not_signed_in", "signer"]);
  });

  it("uses up no jti for what another key signed", async () => {
    const other = await generateKeyPair("ES256");
    const jti = newId();
    expect(await who(null, form(await sign({ jti }, other.privateKey)))).toBe("not_signed_in");
    expect(await who(null, form(await sign({ jti })))).toBe("signer");
  });

  it("forgets an assertion only when it is long no good", async () => {
    await who(`Bearer ${await sign()}`);
    const kept = "select count(*)::int as n from spent_tokens";
    const { rows: before } = await s.owner.query(kept);
    expect(await forgetSpent({ ...ctx, actor: { kind: "system", part: "worker" } })).toBe(0);
    await s.owner.query("update spent_tokens set good_until = good_until - interval '2 hours'");
    expect(await forgetSpent({ ...ctx, actor: { kind: "system", part: "worker" } })).toBe(
      before[0].n,
    );
  });

  it("refuses every assertion that is not for here, now, and by that client", async () => {
    const other = await generateKeyPair("ES256");
    const bad = [
      await sign({ aud: "https://elsewhere.test" }),
      await sign({ exp: "-2m" }),
      await sign({ exp: "1h" }),
      await sign({ jti: null }),
      await sign({ iss: "ledger" }),
      await sign({ iss: "ledger", sub: "ledger" }),
      await sign({}, other.privateKey),
      "not a token",
    ];
    for (const assertion of bad) expect(await who(null, form(assertion))).toBe("not_signed_in");
  });
});

it("counts what it refuses, by source", async () => {
  const { rows } = await s.owner.query(
    "select bool_and(source = '192.0.2.7') as mine, sum(count)::int > 10 as many from counted_refusals where event = 'client.refused'",
  );
  expect(rows).toEqual([{ mine: true, many: true }]);
});
