import { afterEach, beforeEach, expect, test } from "vitest";
import { type Shop, startShop } from "./shop.ts";

let shop: Shop;
let browser: ReturnType<Shop["browser"]>;
beforeEach(async () => {
  shop = await startShop();
  browser = shop.browser();
});
afterEach(() => shop.close());

async function enter(scope: "read" | "write") {
  shop.issuer.session.scope = scope;
  await browser.enter(shop.issuer.origin);
}
const htmlOf = async (path: string) => (await browser.visit(path)).text();
const act = (query = "") => `${shop.issuer.origin}/sessions/S-41128/act${query}`;
const look = (page: string, headers: Record<string, string> = {}) =>
  browser.post(`/alongside/look?${new URLSearchParams({ page })}`, headers);

test("the way to acting comes back to the page it was taken from", async () => {
  shop.issuer.session.acting = { state: "possible", url: act() };
  await enter("read");
  const back = encodeURIComponent(`${shop.publicUrl}/things/7?page=2`);
  expect(await htmlOf("/things/7?page=2")).toContain(`href="${act(`?url=${back}`)}"`);
});

test.each([
  ["another origin", { state: "possible", url: "https://evil.test/sessions/S-41128/act" }],
  ["a script", { state: "possible", url: "javascript:alert(1)" }],
  ["a state that is not known", { state: "soon", url: "http://127.0.0.1/" }],
  ["nothing", undefined],
])("%s is no way to acting", async (_name, acting) => {
  shop.issuer.session.acting = acting;
  await enter("read");
  const html = await htmlOf("/things/7");
  expect(html).toContain("<alongside-banner");
  expect(html).not.toContain("alongside-act");
  const refused = await (await browser.post("/things/7")).text();
  expect(refused).not.toContain("Ask for acting");
  expect(refused).toContain("Acting was not given to you.");
});

test("what was asked for leads to where it waits, and says when it was granted", async () => {
  const url = `${shop.issuer.origin}/requests/1`;
  shop.issuer.session.acting = { state: "waiting", url };
  await enter("read");
  expect(await htmlOf("/things/7")).toContain(`data-state="waiting" href="${url}"`);
  shop.issuer.session.acting = { state: "granted", url };
  shop.pass(6_000);
  expect(await htmlOf("/things/7")).toContain(`data-state="granted" href="${url}"`);
});

test("just look: the same page in the same session, for looking only", async () => {
  await enter("write");
  expect(await htmlOf("/things/7")).toContain('data-scope="write"');
  const cookie = browser.jar.get("alongside_session");
  const answer = await look("/things/7?page=2");
  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")).toBe("/things/7?page=2");
  expect(browser.jar.get("alongside_session")).toBe(cookie);
  // Without waiting for the next question to Alongside.
  expect(await htmlOf("/things/7?page=2")).toContain('data-scope="read"');
  const ran = shop.ran.length;
  expect((await browser.post("/things/7")).status).toBe(403);
  expect(shop.ran).toHaveLength(ran);
});

test("an answer that was on its way when it was narrowed does not bring acting back", async () => {
  await enter("write");
  shop.pass(6_000);
  const { session } = shop.issuer;
  shop.issuer.duringIntrospection = () => {
    session.scope = "write";
  };
  await htmlOf("/things/7");
  await look("/things/7");
  expect(await htmlOf("/things/7")).toContain('data-scope="read"');
});

test("just look takes a form of our own page only, and leads nowhere else", async () => {
  await enter("write");
  await look("/things/7", { origin: "https://evil.test" });
  await look("/things/7", { origin: "null" });
  await browser.visit("/alongside/look?page=/things/7");
  expect(shop.issuer.session.scope).toBe("write");
  for (const page of [
    "https://evil.test/",
    "//evil.test/",
    "/\\evil.test",
    "javascript:alert(1)",
  ]) {
    const to = (await look(page)).headers.get("location") ?? "";
    expect(new URL(to, shop.publicUrl).origin, page).toBe(shop.publicUrl);
  }
});

test("one that is over by then says why, at the page", async () => {
  await enter("write");
  shop.issuer.end("manager", { ended_by: "Ansel Dray", ended_comment: "The ticket is closed" });
  const answer = await look("/things/7");
  expect(answer.headers.get("location")).toBe("/things/7");
  expect(await htmlOf("/things/7")).toContain("Ansel Dray ended it");
});

test("no answer: nobody says that acting is over, and nothing is changed", async () => {
  await enter("write");
  shop.issuer.mood = "fail";
  const answer = await look("/things/7");
  expect(answer.status).toBe(503);
  const html = await answer.text();
  expect(html).toContain("Alongside did not answer");
  expect(html).toContain('<a href="/things/7">Go on</a>');
  expect(html).toContain("<alongside-banner");
  expect(shop.issuer.session.scope).toBe("write");
  expect((await browser.post("/things/7")).status).toBe(503);
});

test("narrowed from elsewhere: the next write is refused, and its page says that one looks", async () => {
  await enter("write");
  await htmlOf("/things/7");
  shop.issuer.session.scope = "read";
  shop.issuer.refuse = "scope";
  const ran = shop.ran.length;
  const refused = await browser.post("/things/7");
  expect(refused.status).toBe(403);
  expect(await refused.text()).toContain('data-scope="read"');
  expect(shop.ran).toHaveLength(ran);
});
