import { decodeJwt } from "jose";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Shop, startShop } from "./shop.ts";

let shop: Shop;
beforeEach(async () => {
  shop = await startShop();
});
afterEach(() => shop.close());

test("opens a session of its own, in a cookie that says nothing", async () => {
  const browser = shop.browser();
  const entered = await browser.enter(shop.issuer.origin);
  expect(entered.status).toBe(303);
  expect(entered.headers.get("location")).toBe("/things/1");
  const cookie = entered.headers
    .getSetCookie()
    .find((line) => line.startsWith("alongside_session"));
  expect(cookie).toContain("HttpOnly; SameSite=Lax");
  expect(browser.jar.get("alongside_session")).toMatch(/^[\w-]{43}$/);
  expect(browser.jar.has("alongside_state")).toBe(false);

  const page = await browser.visit("/things/1");
  expect(page.headers.get("cache-control")).toBe("no-store");
  expect(page.headers.get("vary")).toContain("Cookie");
  const html = await page.text();
  expect(html).toContain("<title>(Looking as Jane Ashdown) Thing</title><alongside-banner");
});

test("asks for a code with PKCE, state and the hint", async () => {
  const query = new URLSearchParams({ iss: shop.issuer.origin, login_hint: "S-1" });
  const start = await shop.browser().visit(`/alongside/login?${query}`);
  const asked = new URL(start.headers.get("location") ?? "").searchParams;
  expect(asked.get("code_challenge_method")).toBe("S256");
  expect(asked.get("code_challenge")).toHaveLength(43);
  expect(asked.get("state")).toHaveLength(43);
  expect(asked.get("login_hint")).toBe("S-1");
  expect(asked.get("redirect_uri")).toBe(`${shop.publicUrl}/alongside/callback`);
});

test("leads nowhere but to its own pages", async () => {
  const browser = shop.browser();
  const entered = await browser.enter(shop.issuer.origin, "https://elsewhere.test/things/1");
  expect(entered.headers.get("location")).toBe("/");
});

test("begins no login for another issuer", async () => {
  const start = await shop.browser().visit("/alongside/login?iss=https://elsewhere.test");
  expect(start.status).toBe(400);
});

async function callback(change: (url: URL, jar: Map<string, string>) => void): Promise<Response> {
  const browser = shop.browser();
  const start = await browser.visit(`/alongside/login?iss=${shop.issuer.origin}`);
  const authorized = await browser.visit(start.headers.get("location") ?? "");
  const url = new URL(authorized.headers.get("location") ?? "");
  change(url, browser.jar);
  const answer = await browser.visit(url.href);
  expect(browser.jar.has("alongside_session")).toBe(answer.status === 303);
  return answer;
}

test("refuses a state that is not this browser's", async () => {
  expect((await callback((url) => url.searchParams.set("state", "x"))).status).toBe(400);
  expect((await callback((_, jar) => jar.clear())).status).toBe(400);
  expect((await callback((_, jar) => jar.set("alongside_state", "e.y.J.x.x"))).status).toBe(400);
});

test("refuses an answer of another issuer, or of none", async () => {
  expect((await callback((url) => url.searchParams.set("iss", "https://a.test"))).status).toBe(400);
  expect((await callback((url) => url.searchParams.delete("iss"))).status).toBe(400);
});

test("refuses a code that is not good", async () => {
  expect((await callback((url) => url.searchParams.set("code", "x"))).status).toBe(400);
});

test.each([
  ["another product's", { aud: "http://other.test" }],
  ["another client's", { client_id: "other" }],
  ["another issuer's", { iss: "http://other.test" }],
  ["an expired", { exp: 1_700_000_000 }],
  ["a scopeless", { scope: "admin" }],
])("refuses %s token", async (_name, claims) => {
  shop.issuer.claims = claims;
  expect((await callback(() => {})).status).toBe(400);
});

test("refuses a token that the issuer did not sign", async () => {
  shop.issuer.signWithForeignKey = true;
  expect((await callback(() => {})).status).toBe(400);
});

test("refuses a session that the token is not about", async () => {
  shop.issuer.claims = { sid: "S-9" };
  expect((await callback(() => {})).status).toBe(400);
  expect(decodeJwt(await shop.issuer.mintToken()).sid).toBe("S-9");
});

test("End takes a form of our own page only, and clears the cookie", async () => {
  const browser = shop.browser();
  await browser.enter(shop.issuer.origin);
  await browser.post("/alongside/end", { origin: "https://elsewhere.test" });
  await browser.post("/alongside/end", { origin: "null" });
  await browser.visit("/alongside/end");
  expect(browser.jar.has("alongside_session")).toBe(true);
  expect(shop.issuer.session.active).toBe(true);

  const left = await browser.post("/alongside/end");
  expect(left.status).toBe(303);
  expect(left.headers.get("location")).toBe(`${shop.issuer.origin}/customers/usr_7QK2M9`);
  expect(browser.jar.has("alongside_session")).toBe(false);
  expect(shop.issuer.session.active).toBe(false);
});
