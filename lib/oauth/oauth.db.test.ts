import { createHash } from "node:crypto";
import { drizzle } from "drizzle-orm/node-postgres";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import pg from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ageCounted, ageSession } from "#db/testing/age.ts";
import { giveRole, takeRole } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { flushCounted } from "#lib/audit/flush-counted.ts";
import { end } from "#lib/impersonation/end.ts";
import { narrow } from "#lib/impersonation/narrow.ts";
import { standIn } from "#lib/impersonation/stand-in.ts";
import { start } from "#lib/impersonation/start.ts";
import { atWork, question } from "#lib/impersonation/testing.ts";
import type { ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId, newSecret } from "#lib/kernel/ids.ts";
import { ask } from "#lib/requests/ask.ts";
import { readRequest } from "#lib/requests/queries.ts";
import { approve } from "#lib/requests/vote.ts";
import { authorize } from "./authorize.ts";
import { introspect } from "./introspect.ts";
import { signingKeysSchema } from "./keys.ts";
import { revoke } from "./revoke.ts";
import { exchange } from "./token.ts";

const s = await scene();
const { ana, ben, max, ledger, worker } = await atWork(s);
const { privateKey } = await generateKeyPair("ES256", { extractable: true });
const jwk = await exportJWK(privateKey);
const keys = signingKeysSchema.parse([{ ...jwk, kid: "1", signs_from: "2026-01-01T00:00:00Z" }]);
const issuer = { url: "https://alongside.test", keys };
const callback = "http://127.0.0.1:3001/alongside/callback";
const otherId = newId();
await insert(s.owner, "products", {
  id: otherId,
  client_id: "other",
  name: "Other",
  environment: "demo",
  origin: "https://other.test",
  redirect_uris: ["https://other.test/callback"],
  initiate_login_uri: "https://other.test/login",
});
const other: Ctx<ProductActor> = {
  ...ledger,
  actor: { kind: "product", id: otherId, clientId: "other", name: "Other" },
};

let session: string;
beforeEach(async () => {
  const started = await standIn(ana, question(s.jane.id));
  if (!started.ok || started.value.kind !== "started") throw new Error("It should have started");
  session = started.value.sessionId;
});
afterEach(() => end(ana, { sessionId: session }));

const verifier = newSecret();
const code_challenge = createHash("sha256").update(verifier).digest("base64url");
/** The parameters with which the browser comes back, or `refused` where it is sent nowhere. */
async function asked(over: Record<string, string> = {}, as: Parameters<typeof authorize>[0] = ana) {
  const query = new URLSearchParams({
    response_type: "code",
    client_id: "ledger",
    redirect_uri: callback,
    state: "state",
    code_challenge,
    code_challenge_method: "S256",
    login_hint: session,
    ...over,
  });
  const answer = await authorize(as, issuer.url, query);
  return answer.kind === "redirect"
    ? Object.fromEntries(new URL(answer.to).searchParams)
    : { error: "refused" };
}
const codeOf = async () => (await asked()).code ?? "none";
const present = (code: string, over: Record<string, string> = {}, as = ledger) =>
  exchange(as, issuer, {
    grant_type: "authorization_code",
    code,
    redirect_uri: callback,
    code_verifier: verifier,
    ...over,
  });
async function token(): Promise<string> {
  const answer = await present(await codeOf());
  if ("error" in answer) throw new Error(answer.error_description);
  return answer.access_token;
}
const isActive = async (bearer: string, as = ledger) =>
  (await introspect(as, issuer, bearer)).active;

it("gives a code with state and issuer to the actor's own browser only", async () => {
  expect(await asked()).toMatchObject({ state: "state", iss: issuer.url });
  const nobody = { ...ana, actor: { kind: "anonymous" as const } };
  expect(await asked({}, ben)).toMatchObject({ error: "access_denied" });
  expect(await asked({}, nobody)).toMatchObject({ error: "login_required" });
  expect(await asked({ login_hint: newId() })).toMatchObject({ error: "access_denied" });
});

it.each<Record<string, string>>([
  { redirect_uri: `${callback}/` },
  { redirect_uri: `${callback}?x=1` },
  { redirect_uri: callback.toUpperCase() },
  { redirect_uri: callback.replace("127.0.0.1", "localhost") },
  { redirect_uri: callback.replace("//", "//evil@") },
  { client_id: "other" },
  { client_id: "led\0ger" },
])("sends nobody to an address that is not registered: %j", async (over) => {
  expect(await asked(over)).toEqual({ error: "refused" });
});

it.each<Record<string, string>>([
  { code_challenge_method: "plain" },
  { code_challenge: "short" },
  { state: "" },
  { login_hint: "S-1" },
])("asks for all of PKCE, state and session: %j", async (over) => {
  expect(await asked(over)).toMatchObject({ error: "invalid_request" });
});

it("takes a code once, whatever comes of it, and a second time ends the session", async () => {
  const code = await codeOf();
  expect(await present(code, { code_verifier: newSecret() })).toMatchObject({
    error: "invalid_grant",
  });
  expect(await present(code)).toMatchObject({ error: "invalid_grant" });
  const { rows } = await s.owner.query("select end_cause from sessions where id = $1", [session]);
  expect(rows).toEqual([{ end_cause: "code_reuse" }]);
});

it("lets no other client take or spoil a code", async () => {
  const code = await codeOf();
  expect(await present(code, {}, other)).toMatchObject({ error: "invalid_grant" });
  expect(await present(code)).toMatchObject({ token_type: "Bearer", scope: "read" });
});

it("takes no code with another address, or older than 60 s", async () => {
  expect(await present(await codeOf(), { redirect_uri: `${callback}/` })).toHaveProperty("error");
  const code = await codeOf();
  await ageSession(s.owner, session, "61 seconds");
  expect(await present(code)).toMatchObject({ error_description: "The code is older than 60 s." });
});

it("knows its newest token, of its own client, until the end, and then says why", async () => {
  const first = await token();
  expect(await isActive(first)).toBe(true);
  expect(await isActive(first, other)).toBe(false);
  const second = await token();
  expect(await introspect(ledger, issuer, first)).toEqual({ active: false });
  await revoke(other, issuer, second);
  expect(await isActive(second)).toBe(true);
  await revoke(ledger, issuer, second);
  expect(await introspect(ledger, issuer, second)).toMatchObject({
    active: false,
    ended_cause: "product",
    again_url: expect.stringMatching(/\/customers\/[0-9a-f-]{36}\/start\?again=[0-9a-f-]{36}$/),
  });
});

it("being asked whether something may stay open keeps no session in use", async () => {
  const bearer = await token();
  await ageSession(s.owner, session, "9 minutes");
  const watched = await introspect(ledger, issuer, bearer, { unattended: true });
  if (!watched.active) throw new Error("It should be active");
  expect(watched.idle_at * 1000 - Date.parse(watched.server_time)).toBeLessThanOrEqual(60_000);
  await ageSession(s.owner, session, "61 seconds");
  expect(await introspect(ledger, issuer, bearer, { unattended: true })).toMatchObject({
    active: false,
    ended_cause: "idle",
  });
});

it("offers nothing to ask for anew where nobody may stand in any more", async () => {
  const bearer = await token();
  await s.owner.query("update subjects set status = 'deactivated' where id = $1", [s.jane.id]);
  expect(await introspect(ledger, issuer, bearer)).toMatchObject({
    active: false,
    ended_cause: "subject_withdrawn",
    again_url: null,
  });
  await s.owner.query("update subjects set status = 'active' where id = $1", [s.jane.id]);
});

it("knows no token that it did not sign as it is", async () => {
  const genuine = await token();
  const [head = "", body = "", signature = ""] = genuine.split(".");
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = JSON.parse(Buffer.from(body, "base64url").toString());
  const stranger = await generateKeyPair("ES256");
  const forged = [
    `${part({ alg: "none", typ: "at+jwt" })}.${body}.`,
    `${part({ alg: "HS256", typ: "at+jwt", kid: "1" })}.${body}.${signature}`,
    `${head}.${part({ ...claims, scope: "write" })}.${signature}`,
    await new SignJWT(claims)
      .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: "1" })
      .sign(stranger.privateKey),
    await new SignJWT(claims)
      .setProtectedHeader({ alg: "ES256", typ: "JWT", kid: "1" })
      .sign(privateKey),
    "\0",
  ];
  for (const bearer of forged)
    expect(await introspect(ledger, issuer, bearer)).toEqual({ active: false });
  expect(await isActive(genuine)).toBe(true);
});

it("counts what a product asks about tokens that it does not hold, in one entry a minute", async () => {
  const retired = await token();
  await token();
  const number = (
    await s.owner.query("select number from sessions order by started_at desc limit 1")
  ).rows[0]?.number;
  const entries = "select count(*)::int as n from audit_entry where event = 'token.refused'";
  const counted =
    "select code, count, source from counted_refusals where source like 'ledger%' order by code";
  await s.owner.query("delete from counted_refusals");
  const before = (await s.owner.query(entries)).rows;
  const asked = [retired, ...Array.from({ length: 30 }, (_, i) => `none ${i}`)];
  await Promise.all(asked.map((bearer) => introspect(ledger, issuer, bearer)));
  await introspect(ledger, issuer, "none");
  expect((await s.owner.query(entries)).rows).toEqual(before);
  await ageCounted(s.owner);
  expect((await s.owner.query(counted)).rows).toEqual([
    { code: "invalid", count: 31, source: "ledger" },
    { code: "retired", count: 1, source: `ledger, S-${number}` },
  ]);
  expect(await flushCounted(worker)).toBe(2);
  const { rows } = await s.owner.query(
    `select p.body::jsonb ->> 'what' as what, p.body::jsonb ->> 'by_kind' as by, p.body::jsonb ->> 'ip' as ip from audit_entry e join audit_payload p on p.entry_id = e.id
      where e.event = 'token.refused' order by e.occurred_at desc limit 2`,
  );
  expect(rows).toContainEqual({
    what: "Refused 31 times within a minute, from ledger",
    by: "system",
    ip: null,
  });
});

it("gives no answer about a token when the record is out of reach", async () => {
  const bearer = await token();
  const gone = new pg.Pool({ host: "127.0.0.1", port: 1, max: 1 });
  await expect(introspect({ ...ledger, db: drizzle(gone) }, issuer, bearer)).rejects.toThrow();
  await gone.end();
});

it("says whether, and where, its actor goes on to acting, and that they went back", async () => {
  const acting = async (bearer: string) => {
    const answer = await introspect(ledger, issuer, bearer);
    return answer.active && { scope: answer.scope, acting: answer.acting ?? null };
  };
  const looking = await token();
  expect(await acting(looking)).toEqual({
    ...{
      scope: "read",
      acting: { state: "possible", url: `${issuer.url}/sessions/${session}/act` },
    },
  });
  await takeRole(s.owner, s.ana, "agent");
  const [role, staff_id] = ["agent", s.ana];
  await insert(s.owner, "staff_roles", { id: newId(), staff_id, role, looking_only: true });
  expect(await acting(looking)).toEqual({ scope: "read", acting: null });
  await takeRole(s.owner, s.ana, "agent");
  await giveRole(s.owner, s.ana, "agent");

  const answer = await standIn(ana, question(s.jane.id, { scope: "write" }));
  if (!answer.ok || answer.value.kind !== "started") throw new Error("It should have started");
  session = answer.value.sessionId;
  const bearer = await token();
  expect(await acting(bearer)).toEqual({ scope: "write", acting: null });
  expect((await narrow(ledger, { sessionId: session })).ok).toBe(true);
  expect(await acting(bearer)).toMatchObject({ scope: "read", acting: { state: "possible" } });
  expect(await token()).not.toBe(bearer);
});

it("leads to what was asked for acting, while that waits and once it is granted", async () => {
  await end(ana, { sessionId: session });
  const asking = async (scope: "read" | "write") => {
    const asked = await ask(ana, question(s.rita.id, { scope }));
    if (!asked.ok) throw new Error("It should have been asked");
    return asked.value.id;
  };
  const approved = async (requestId: string) => {
    const shown = await readRequest(max, requestId);
    await approve(max, { requestId, ask: shown?.ask ?? "", minutes: 30 });
  };
  const looking = await asking("read");
  await approved(looking);
  const started = await start(ana, { requestId: looking });
  if (!started.ok) throw new Error("It should have started");
  session = started.value.sessionId;
  const bearer = await token();
  const request = await asking("write");
  const url = `${issuer.url}/requests/${request}`;
  const acting = () => introspect(ledger, issuer, bearer);
  expect(await acting()).toMatchObject({ scope: "read", acting: { state: "waiting", url } });
  await approved(request);
  expect(await acting()).toMatchObject({ scope: "read", acting: { state: "granted", url } });
});
