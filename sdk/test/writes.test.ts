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
  const url = `${shop.issuer.origin}/sessions/S-41128/act`;
  if (scope === "read") shop.issuer.session.acting = { state: "possible", url };
  await browser.enter(shop.issuer.origin);
}

const phases = () => shop.issuer.actions.map(({ phase, effect }) => `${phase} ${effect}`);

test("looking changes nothing, and says what it refused", async () => {
  await enter("read");
  const page = await browser.post("/things/7", { referer: `${shop.publicUrl}/things/7?page=2` });
  expect(page.status).toBe(403);
  const html = await page.text();
  expect(html).toContain("Nothing was changed");
  expect(html).toContain(
    "You asked to change thing 7. Teodora Quill’s session is for looking only",
  );
  expect(html).toContain('<a href="/things/7?page=2">Back</a>');
  const back = encodeURIComponent(`${shop.publicUrl}/things/7?page=2`);
  expect(html).toContain(`href="${shop.issuer.origin}/sessions/S-41128/act?url=${back}"`);
  expect(html).toContain("<alongside-banner");
  expect(shop.ran).toEqual([]);
  expect(shop.issuer.actions).toMatchObject([
    { phase: "refused", effect: "data", why: "scope", resource: "7", route: "/things/:x" },
  ]);
});

test("an undeclared POST while looking is refused by its route", async () => {
  await enter("read");
  const page = await browser.post("/odd/4711");
  expect(page.status).toBe(403);
  expect(await page.text()).toContain("You sent POST /odd/:x, which Shop has not declared");
  expect(shop.issuer.actions).toMatchObject([{ phase: "refused", why: "undeclared" }]);
});

test("a declared search by POST is a view", async () => {
  await enter("read");
  expect((await browser.post("/search")).status).toBe(200);
});

test.each([
  ["X-HTTP-Method-Override", "/search", { "x-http-method-override": "DELETE" }],
  ["X-HTTP-Method-Override on GET", null, { "x-http-method-override": "PUT" }],
  ["_method in the query", "/search?_method=PATCH", {}],
  ["an override to a safe method", "/search?_method=GET", {}],
  ["an override behind an empty one", "/search?_method=&_method=DELETE", {}],
  [
    "a header behind an empty one",
    "/search",
    { "x-http-method-override": "", "x-method-override": "DELETE" },
  ],
])("%s is a write", async (_name, path, headers) => {
  await enter("read");
  const page = path
    ? await browser.post(path, headers)
    : await browser.visit("/things/1", { headers });
  expect(page.status).toBe(403);
  expect(shop.ran).toEqual([]);
});

test.each(["_method=delete", "_method=&_method=delete"])(
  "%s in the body is a write",
  async (sent) => {
    await enter("read");
    const body = new URLSearchParams(sent);
    const headers = { origin: shop.publicUrl };
    expect((await browser.visit("/search", { method: "POST", headers, body })).status).toBe(403);
  },
);

test("a write is asked for before it runs, and its end is told after", async () => {
  await enter("write");
  const page = await browser.post("/things/7");
  expect(page.status).toBe(200);
  await shop.door.settle();
  expect(phases()).toEqual(["attempt data", "done data"]);
  const [attempt, done] = shop.issuer.actions;
  expect(attempt).toMatchObject({ route: "/things/:x", resource: "7", method: "POST" });
  expect(done).toMatchObject({
    id: attempt?.id,
    route: "/things/:id",
    status: 200,
    changes: [{ field: "size", before: "1", after: "2" }],
  });
});

test("the next write after an end is refused at once, without five seconds of grace", async () => {
  await enter("write");
  await browser.visit("/things/1");
  shop.issuer.end("manager", { ended_by: "Runa Castellane" });
  const page = await browser.post("/things/7");
  expect(await page.text()).toContain("Runa Castellane ended it");
  expect(shop.ran).toEqual(["GET /things/1"]);
});

test.each(["fail", "hold"] as const)("no answer, no write: %s", async (mood) => {
  await enter("write");
  await browser.visit("/things/1");
  shop.issuer.mood = mood;
  const page = await browser.post("/things/7");
  expect(page.status).toBe(503);
  expect(await page.text()).toContain("Shop could not record this change, so it did not make it");
  expect(shop.ran).toEqual(["GET /things/1"]);
});

test("what Alongside does not accept does not run", async () => {
  await enter("write");
  shop.issuer.refuse = "export";
  const page = await browser.visit("/things.csv");
  expect(page.status).toBe(403);
  expect(await page.text()).toContain("the policy of this account refuses");
  expect(shop.ran).toEqual([]);
});

test("an export is refused while looking, and asked for while acting", async () => {
  await enter("read");
  expect((await browser.visit("/things.csv")).status).toBe(403);
  expect((await browser.visit("/things.csv", { method: "HEAD" })).status).toBe(403);
  await enter("write");
  expect((await browser.visit("/things.csv")).status).toBe(200);
  await shop.door.settle();
  expect(phases()).toEqual(["refused export", "refused export", "attempt export", "done export"]);
});

test("a GET that changes is what its route says", async () => {
  await enter("read");
  expect((await browser.visit("/rotate")).status).toBe(403);
  await enter("write");
  expect((await browser.visit("/rotate")).status).toBe(200);
  await shop.door.settle();
  expect(phases()).toEqual([
    "refused configuration",
    "attempt configuration",
    "done configuration",
  ]);
});

test("a customer's own session is not looked at", async () => {
  browser.jar.set("shop", "jane");
  expect((await browser.post("/things/7")).status).toBe(200);
  expect((await browser.visit("/settings/password")).status).toBe(200);
  expect((await browser.visit("/rotate")).headers.get("cache-control")).toBe(null);
  expect(shop.issuer.actions).toEqual([]);
});
