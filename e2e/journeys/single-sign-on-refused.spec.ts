import type { Locator, Page } from "@playwright/test";
import { encode } from "next-auth/jwt";
import { expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { expect, test } from "#e2e/fixtures/hostile.ts";
import { chooseFromOwnMenu } from "#e2e/fixtures/own-menu.ts";
import type { Lies } from "#e2e/support/hostile-issuer.ts";
import { env } from "#lib/platform/env.ts";

const now = () => Math.floor(Date.now() / 1000);
const button = (page: Page) =>
  page.getByRole("button", { name: "Sign in with your company account" });

/** Presses the button; gives what the page says of this try, not of the one before. */
async function tried(page: Page, title: string): Promise<Locator> {
  await page.evaluate(() => document.body.setAttribute("data-before", ""));
  await button(page).click();
  const since = page.locator("body:not([data-before])");
  return since.getByRole("alert").filter({ hasText: title });
}

test.beforeEach(({ besieged }) => {
  besieged.issuer.lies = {};
});

test("what the issuer answers is checked, and a wrong answer signs nobody in", async ({
  besieged,
  somebody,
}) => {
  const { issuer, at, begun, owner } = besieged;
  const page = await somebody();
  await page.goto(at("/sign-in"));
  const before = await begun();
  const lies: [string, Lies, string][] = [
    ["another nonce", { claims: { nonce: "mine" } }, "You are not signed in"],
    ["another audience", { claims: { aud: "another" } }, "You are not signed in"],
    ["another issuer", { claims: { iss: "https://evil.test" } }, "You are not signed in"],
    ["over", { claims: { exp: now() - 300 } }, "You are not signed in"],
    ["another key", { anotherKey: true }, "You are not signed in"],
    ["no signature", { header: { alg: "none" } }, "You are not signed in"],
    ["an access token", { header: { typ: "at+jwt" } }, "You are not signed in"],
    ["mixed up", { redirect: { iss: "https://evil.test" } }, "You are not signed in"],
    ["another state", { redirect: { state: "mine" } }, "You are not signed in"],
    ["an old proof", { claims: { auth_time: now() - 86_400 } }, "Prove again who you are"],
    ["unverified", { claims: { sub: "x", email_verified: false } }, "Your e-mail is not verified"],
    [
      "wrong secret",
      { tokenAnswer: { status: 401, body: { error: "invalid_client" } } },
      "does not know Alongside",
    ],
    [
      "used code",
      { tokenAnswer: { status: 400, body: { error: "invalid_grant" } } },
      "You are not signed in",
    ],
    ["broken", { tokenAnswer: { status: 500, body: "<h1>Oops</h1>" } }, "does not answer"],
    ["no token", { tokenAnswer: { status: 200, body: {} } }, "does not know Alongside"],
    [
      "its refusal",
      { redirect: { error: "server_error", error_description: "<b>x</b>" } },
      "did not sign you in",
    ],
    [
      "another's userinfo",
      { claims: { sub: "y", email: undefined }, userinfo: { sub: "kim", email: "kim@acme.test" } },
      "You are not on the staff here",
    ],
  ];
  for (const [what, lie, title] of lies) {
    issuer.lies = lie;
    await expect(await tried(page, title), what).toBeVisible();
    expect(new URL(page.url()).pathname, what).toBe("/sign-in");
    expect(await begun(), what).toBe(before);
  }
  await expectAccessibleInBoth(page, "sign-in, refused");
  const { rows } = await owner.query(
    `select distinct p.body::jsonb ->> 'check' as check from audit_entry e join audit_payload p on p.entry_id = e.id
      where e.event = 'sign_in.refused' and p.body::jsonb ? 'check'`,
  );
  expect(rows.map((row) => row.check)).toEqual(
    expect.arrayContaining(["nonce", "aud", "iss", "exp", "signature", "alg", "typ"]),
  );
});

test("an issuer that says less than it might is taken: no auth_time, no word on the e-mail, userinfo", async ({
  besieged,
  somebody,
}) => {
  const { issuer, at, owner, admin } = besieged;
  issuer.lies = {
    claims: { email: undefined },
    userinfo: { sub: "kim", email: admin.email.toUpperCase() },
  };
  const page = await somebody();
  await page.goto(at("/sign-in"));
  await button(page).click();
  await expect(page).toHaveURL(at("/"));
  const asked = issuer.asked.at(-1);
  expect(asked?.get("code_challenge_method")).toBe("S256");
  expect(asked?.get("max_age")).toBe("43200");
  expect(asked?.get("redirect_uri")).toBe(at("/api/auth/callback/company"));
  const { rows } = await owner.query(
    "select abs(extract(epoch from created_at - auth_time)) < 5 as near, sid from staff_sign_ins where staff_id = $1",
    [admin.id],
  );
  expect(rows[0]).toEqual({ near: true, sid: null });
  // It offers no end of its own session: signed out here.
  await chooseFromOwnMenu(page, "Kim Vale", "Sign out");
  await expect(page.getByRole("heading", { name: "You are signed out" })).toBeVisible();
});

test("an answer counts once, in the browser that asked, and never leads elsewhere", async ({
  besieged,
  somebody,
}) => {
  const { at, begun } = besieged;
  const page = await somebody();
  await page.goto(at("/sign-in?from=%2F%2Fevil.test%2F"));
  const answered = page.waitForRequest((request) => request.url().includes("/api/auth/callback/"));
  await button(page).click();
  const answer = (await answered).url();
  await expect(page).toHaveURL(at("/"));
  const after = await begun();
  for (const browser of [page, await somebody()]) {
    await browser.goto(answer);
    await expect(
      browser.getByRole("alert").filter({ hasText: "not begun in this browser" }),
    ).toBeVisible();
  }
  expect(await begun()).toBe(after);
  // The forged answer did not sign out who was signed in.
  await page.goto(at("/"));
  await expect(page).toHaveURL(at("/"));
});

test("what a browser kept for too long, or cannot have been given, begins nothing", async ({
  besieged,
}) => {
  const { at, begun } = besieged;
  const asked = await fetch(at("/sign-in/issuer"), {
    method: "POST",
    redirect: "manual",
    headers: { origin: new URL(at("/")).origin },
    body: new URLSearchParams({ from: "/requests" }),
  });
  const kept = new Map(
    asked.headers.getSetCookie().map((line) => {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      return [name, value];
    }),
  );
  const there = await fetch(asked.headers.get("location") ?? "", { redirect: "manual" });
  const answer = there.headers.get("location") ?? "";
  const state = new URL(answer).searchParams.get("state");
  const ofOld = (name: string, value: unknown) =>
    encode({
      token: { value, provider: "company" },
      secret: env().NEXTAUTH_SECRET,
      salt: name,
      maxAge: -60,
    });
  const back = (changed: Record<string, string>) => {
    const cookies = [...new Map([...kept, ...Object.entries(changed)])];
    const cookie = cookies.map(([name, value]) => `${name}=${value}`).join("; ");
    return fetch(answer, { redirect: "manual", headers: { cookie } });
  };
  const before = await begun();
  const wrong: Record<string, string>[] = [
    { "next-auth.state": await ofOld("next-auth.state", state) },
    { "next-auth.pkce": await ofOld("next-auth.pkce", "x".repeat(43)) },
    { "next-auth.nonce": await ofOld("next-auth.nonce", "x") },
    { "next-auth.state": "not.a.token" },
    { "next-auth.state": "" },
  ];
  for (const changed of wrong) {
    const refused = await back(changed);
    expect(refused.status, JSON.stringify(changed)).toBe(303);
    expect(refused.headers.get("location")).toBe(
      "/sign-in?error=not_begun&from=%2Frequests#refused",
    );
    // Whatever it was, it is forgotten.
    expect(refused.headers.getSetCookie().join()).toMatch(/next-auth\.state=;/);
  }
  expect(await begun()).toBe(before);
  expect((await back({})).headers.get("location")).toBe("/requests");
  expect(await begun()).toBe(before + 1);
});

test("an issuer that is down, or answers as another, is named on a page of ours", async ({
  besieged,
  somebody,
}) => {
  const { issuer, at } = besieged;
  const page = await somebody();
  await page.goto(at("/sign-in?from=%2Frequests"));
  for (const metadata of [{ issuer: "https://evil.test" }, { token_endpoint: "javascript:1" }]) {
    issuer.lies = { metadata };
    await expect(await tried(page, "does not answer")).toBeVisible();
    await expect(page).toHaveURL(at("/sign-in?error=issuer_down&from=%2Frequests#refused"));
  }
});

test("a logout token is taken whole, once, and ends the live sign-in", async ({
  besieged,
  somebody,
  request,
}) => {
  const { issuer, at, owner, begun } = besieged;
  const page = await somebody();
  issuer.lies = { claims: { sid: "their session" } };
  await page.goto(at("/sign-in"));
  await button(page).click();
  await expect(page).toHaveURL(at("/"));
  const claims = {
    iss: issuer.url,
    aud: "alongside",
    iat: now(),
    exp: now() + 120,
    events: { "http://schemas.openid.net/event/backchannel-logout": {} },
  };
  const post = async (token: string) => {
    const answer = await request.post(at("/api/auth/backchannel-logout"), {
      form: { logout_token: token },
    });
    expect(answer.headers()["cache-control"]).toBe("no-store");
    return answer.status();
  };
  const sid = "their session";
  expect(await post("nonsense")).toBe(400);
  expect(await post(await issuer.sign({ ...claims, jti: "1", sid }, {}, true))).toBe(400);
  expect(await post(await issuer.sign({ ...claims, jti: "2", sid, nonce: "n" }))).toBe(400);
  expect(await post(await issuer.sign({ ...claims, jti: "3", sid, aud: "another" }))).toBe(400);
  expect(await post(await issuer.sign({ ...claims, jti: "4", sid: "another's" }))).toBe(200);
  await page.reload();
  await expect(page).toHaveURL(at("/"));
  const token = await issuer.sign({ ...claims, jti: "5", sid, sub: "kim" }, { typ: "logout+jwt" });
  expect(await post(token)).toBe(200);
  await page.reload();
  await expect(page.getByRole("heading", { name: "You were signed out" })).toBeVisible();
  expect(await post(token)).toBe(400);
  const { rows } = await owner.query(
    "select coalesce(sum(count), 0)::int as n from counted_refusals where event = 'sign_in.end_refused'",
  );
  const { rows: entries } = await owner.query(
    "select count(*)::int as n from audit_entry where event = 'sign_in.end_refused'",
  );
  expect(rows[0].n + entries[0].n).toBeGreaterThan(0);
  // A sign-in out of that session that was under way meanwhile comes too late.
  const before = await begun();
  const meanwhile = "You were signed out meanwhile";
  await expect(await tried(page, meanwhile)).toBeVisible();
  expect(await begun()).toBe(before);
  await expect(await tried(page, meanwhile)).toBeVisible();
  expect(issuer.asked.at(-1)?.get("prompt")).toBe("login");
  issuer.lies = { claims: { sid: "another session" } };
  await page.goto(at("/sign-in"));
  await button(page).click();
  await expect(page).toHaveURL(at("/"));
});

test("of next-auth nothing answers but the callback; cookies are ours alone", async ({
  besieged,
  request,
  somebody,
}) => {
  const { at } = besieged;
  for (const path of [
    "",
    "/providers",
    "/session",
    "/csrf",
    "/signin",
    "/signin/company",
    "/signout",
    "/error",
    "/_log",
    "/callback/persona",
    "/verify-request",
  ])
    for (const method of ["GET", "POST"])
      expect(
        (await request.fetch(at(`/api/auth${path}`), { method })).status(),
        `${method} ${path}`,
      ).toBe(404);
  const foreign = await request.post(at("/sign-in/issuer"), {
    headers: { origin: "https://evil.test" },
    form: { from: "/" },
    maxRedirects: 0,
  });
  expect(foreign.headers().location).toContain("/sign-in?error=unknown");
  expect(foreign.headers()["set-cookie"]).toBeUndefined();
  const persona = await request.post(at("/sign-in/persona"), {
    headers: { origin: new URL(at("/")).origin },
    form: { staffId: "0197a000-0000-7000-8000-000000000006" },
    maxRedirects: 0,
  });
  expect(persona.headers()["set-cookie"] ?? "").not.toContain("session-token");
  // Who does not navigate as a browser does is redirected, with all that ties the answer to it.
  const begun = await request.post(at("/sign-in/issuer"), {
    headers: { origin: new URL(at("/")).origin },
    form: { from: "/audit" },
    maxRedirects: 0,
  });
  expect(begun.status()).toBe(303);
  const cookies = begun.headersArray().filter(({ name }) => name.toLowerCase() === "set-cookie");
  for (const name of ["state", "pkce", "nonce"])
    expect(cookies.find(({ value }) => value.startsWith(`next-auth.${name}=`))?.value).toMatch(
      /Path=\/; .*HttpOnly; SameSite=lax/i,
    );
  const page = await somebody();
  const answer = await page.goto(at("/sign-in"));
  expect(answer?.headers()["content-security-policy"]).toContain(besieged.issuer.url);
});
