import { afterEach, beforeEach, expect, test } from "vitest";
import { type Shop, startShop } from "./shop.ts";

let shop: Shop;
let browser: ReturnType<Shop["browser"]>;
beforeEach(async () => {
  shop = await startShop();
  browser = shop.browser();
  await browser.enter(shop.issuer.origin);
});
afterEach(() => shop.close());

const status = async (path: string) => (await browser.visit(path)).status;
const asked = () => shop.issuer.seen.filter((path) => path === "/oauth/introspect").length;

test("one answer serves reads for five seconds", async () => {
  await status("/things/1");
  const before = asked();
  shop.pass(4000);
  expect(await status("/things/1")).toBe(200);
  expect(asked()).toBe(before);
  shop.pass(1001);
  expect(await status("/things/1")).toBe(200);
  expect(asked()).toBe(before + 1);
});

test("counts from when it asked, not from when the answer came", async () => {
  shop.issuer.duringIntrospection = () => shop.pass(4900);
  expect(await status("/things/1")).toBe(200);
  shop.issuer.duringIntrospection = null;
  shop.pass(200);
  shop.issuer.mood = "fail";
  expect(await status("/things/1")).toBe(503);
});

test("an answer that is older than five seconds when it comes serves nothing", async () => {
  shop.issuer.duringIntrospection = () => shop.pass(5001);
  expect(await status("/things/1")).toBe(503);
});

test.each(["fail", "hold"] as const)("never goes on with an old answer: %s", async (mood) => {
  expect(await status("/things/1")).toBe(200);
  shop.issuer.mood = mood;
  expect(await status("/things/1")).toBe(200);
  shop.pass(5001);
  const page = await browser.visit("/things/1");
  expect(page.status).toBe(503);
  const html = await page.text();
  expect(html).toContain('data-state="paused"');
  expect(html).not.toContain("<main>thing");
  shop.issuer.mood = "well";
  expect(await status("/things/1")).toBe(200);
});

test("an end is seen within five seconds, with its reason, and takes the cookie", async () => {
  await status("/things/1");
  shop.issuer.end("manager", { ended_by: "Runa Castellane", ended_comment: "Ticket withdrawn" });
  shop.pass(5001);
  const page = await browser.visit("/things/1");
  expect(page.status).toBe(403);
  const html = await page.text();
  expect(html).toContain("Your session as Jane Ashdown has ended");
  expect(html).toMatch(/Runa Castellane ended it at \d\d:\d\d UTC: “Ticket withdrawn”\./);
  expect(html).not.toContain("<alongside-banner");
  expect(browser.jar.has("alongside_session")).toBe(false);
  // To a form of Alongside's own, whatever an answer says.
  expect(html).toContain(`<a href="${shop.issuer.origin}/customers/1/start?again=2">Again</a>`);
});

test.each([null, "https://elsewhere.test/start", "javascript:alert(1)"])(
  "an end after which nothing can be asked for anew offers nothing, and no page elsewhere: %s",
  async (again_url) => {
    await status("/things/1");
    shop.issuer.end("time", { again_url });
    shop.pass(5001);
    const html = await (await browser.visit("/things/1")).text();
    expect(html).toContain("has ended");
    expect(html).not.toMatch(/Again<|elsewhere|javascript/);
  },
);

test("time ends it although nobody answers", async () => {
  await status("/things/1");
  shop.issuer.mood = "hold";
  shop.pass(30 * 60_000);
  expect(await status("/things/1")).toBe(403);
});

test("a cookie that nobody knows is cleared and opens nothing", async () => {
  browser.jar.set("alongside_session", "x".repeat(43));
  const page = await browser.visit("/things/1");
  expect(page.status).toBe(403);
  expect(shop.ran).toEqual([]);
  expect(browser.jar.has("alongside_session")).toBe(false);
});

test("pages are reported after the answer, with route and status", async () => {
  await status("/Things/7/?q=secret");
  await shop.door.settle();
  expect(shop.issuer.actions).toMatchObject([
    { phase: "view", method: "GET", route: "/things/:id", effect: "view", status: 200, seq: 1 },
  ]);
  expect(JSON.stringify(shop.issuer.actions)).not.toContain("secret");
});

test("a report that did not arrive is sent again, once", async () => {
  await status("/things/1");
  await shop.door.settle();
  shop.issuer.mood = "fail";
  await status("/things/2");
  await shop.door.settle();
  shop.issuer.mood = "well";
  await shop.door.settle();
  await shop.door.settle();
  expect(shop.issuer.actions.map(({ seq }) => seq)).toEqual([1, 2]);
});
