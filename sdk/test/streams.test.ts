import { request } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Shop, startShop } from "./shop.ts";

let shop: Shop;
let browser: ReturnType<Shop["browser"]>;
beforeEach(async () => {
  shop = await startShop({ freshMs: 200 });
  browser = shop.browser();
});
afterEach(() => shop.close());

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/** A stream of which the first part has come. */
async function open(path = "/live", as = browser): Promise<Reader> {
  const answer = await as.visit(path, { headers: { accept: "text/event-stream" } });
  expect(answer.status).toBe(200);
  if (!answer.body) throw new Error("a stream has a body");
  const reader = answer.body.getReader();
  await reader.read();
  return reader;
}

/** Reads on until nothing comes any more. True when it was cut off. */
async function isCutOff(reader: Reader): Promise<boolean> {
  try {
    while (!(await reader.read()).done);
    return false;
  } catch {
    return true;
  }
}

const asked = () => shop.issuer.seen.filter((path) => path === "/oauth/introspect").length;

async function enter(scope: "read" | "write" = "read") {
  shop.issuer.session.scope = scope;
  await browser.enter(shop.issuer.origin);
}

test("a stream that was opened while looking gives nothing after the end", async () => {
  await enter();
  const reader = await open();
  shop.issuer.end("manager");
  expect(await isCutOff(reader)).toBe(true);
});

test("time cuts it off, whatever Alongside says", async () => {
  await enter();
  const left = 300;
  shop.issuer.session.startedAt = Date.now() - 30 * 60_000 + 1000 + left;
  await enter();
  expect(await isCutOff(await open())).toBe(true);
});

test.each(["fail", "hold"] as const)("silence of Alongside cuts it off: %s", async (mood) => {
  await enter();
  const reader = await open();
  shop.issuer.mood = mood;
  expect(await isCutOff(reader)).toBe(true);
});

test("End in the same browser cuts it off", async () => {
  await enter();
  const reader = await open();
  await browser.post("/alongside/end");
  expect(await isCutOff(reader)).toBe(true);
});

test("the next session of the same browser does not keep the stream of the one before", async () => {
  await enter();
  const before = await open();
  await enter();
  const now = await open();
  expect(await isCutOff(before)).toBe(true);
  expect((await now.read()).done).toBe(false);
});

test("a refused write that says the session is over cuts it off", async () => {
  await enter("write");
  const reader = await open();
  shop.issuer.end("manager");
  expect((await browser.post("/things/7")).status).toBe(403);
  expect(await isCutOff(reader)).toBe(true);
});

test("a long download is cut off like a stream", async () => {
  await enter("write");
  const reader = await open("/live.csv");
  shop.issuer.end("manager");
  expect(await isCutOff(reader)).toBe(true);
});

test("while the session lives, it flows; nobody is at work for that", async () => {
  await enter();
  const reader = await open();
  const before = asked();
  while (asked() < before + 4) expect((await reader.read()).done).toBe(false);
  expect(shop.issuer.unattended.slice(-4)).toEqual([true, true, true, true]);
  await reader.cancel();
});

test("it is on record while it is open, as what a script asked for", async () => {
  await enter();
  const reader = await open();
  while (shop.issuer.actions.length === 0) await reader.read();
  expect(shop.issuer.actions).toMatchObject([
    { phase: "view", route: "/live", status: 200, unattended: true },
  ]);
  shop.issuer.end("manager");
  expect(await isCutOff(reader)).toBe(true);
  await shop.door.settle();
  expect(shop.issuer.actions).toHaveLength(1);
});

test("a customer’s own stream flows on", async () => {
  const own = shop.browser();
  own.jar.set("shop", "jane");
  const mine = await open("/live", own);
  await enter();
  const reader = await open();
  shop.issuer.end("manager");
  expect(await isCutOff(reader)).toBe(true);
  expect((await mine.read()).done).toBe(false);
  await mine.cancel();
});

test("an end that a script meets is told on the next page, which takes the cookie", async () => {
  await enter();
  shop.issuer.end("manager");
  const answer = await browser.visit("/live", { headers: { accept: "text/event-stream" } });
  expect(answer.status === 403 || answer.status === 200).toBe(true);
  await answer.body?.cancel();
  expect(browser.jar.has("alongside_session")).toBe(true);
  let page = await browser.visit("/things/1");
  while (page.status === 200) page = await browser.visit("/things/1");
  expect(await page.text()).toContain("Your session as Jane Ashdown has ended");
  expect(browser.jar.has("alongside_session")).toBe(false);
});

test.each([
  ["a page", { "sec-fetch-dest": "document" }, false],
  ["a frame", { "sec-fetch-dest": "iframe" }, false],
  ["a script", { "sec-fetch-dest": "empty" }, true],
  ["a picture", { "sec-fetch-dest": "image" }, true],
  ["a script of an old browser", { accept: "application/json" }, true],
  ["who says nothing", { accept: "*/*" }, false],
])(
  "after the end, %s meets a refusal; only what is seen as a page takes the cookie",
  async (_who, headers, keeps) => {
    await enter();
    shop.issuer.end("manager");
    let answer = await browser.visit("/things/1", { headers });
    while (answer.status === 200) answer = await browser.visit("/things/1", { headers });
    expect(answer.status).toBe(403);
    expect(browser.jar.has("alongside_session")).toBe(keeps);
  },
);

test("who leaves before the guard is reached does not get past it", async () => {
  await enter("write");
  const cookie = `alongside_session=${browser.jar.get("alongside_session")}`;
  const headers = { cookie, origin: shop.publicUrl };
  const sent = request(`${shop.publicUrl}/slow`, { method: "POST", headers });
  sent.on("error", () => {});
  sent.end();
  while (!shop.issuer.actions.some(({ phase }) => phase === "attempt"))
    await browser.visit("/things/1");
  sent.destroy();
  while (!shop.issuer.actions.some(({ why }) => why === "denied_route"))
    await browser.visit("/things/1");
  expect(shop.ran).not.toContain("POST /slow");
});
