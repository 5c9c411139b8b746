import { request } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Shop, startShop } from "./shop.ts";

let shop: Shop;
let cookie: string;
beforeEach(async () => {
  shop = await startShop();
  shop.issuer.session.scope = "write";
  const browser = shop.browser();
  await browser.enter(shop.issuer.origin);
  cookie = `alongside_session=${browser.jar.get("alongside_session")}`;
});
afterEach(() => shop.close());

/** Sends the path as it is written: fetch would tidy it up. */
function raw(path: string, method = "GET"): Promise<number> {
  return new Promise((done, fail) => {
    const sent = request(
      new URL(shop.publicUrl),
      { path, method, headers: { cookie } },
      (answer) => {
        answer.resume();
        done(answer.statusCode ?? 0);
      },
    );
    sent.on("error", fail);
    sent.end();
  });
}

test.each([
  "/settings/password",
  "/settings/password/",
  "/SETTINGS/Password",
  "//settings///password",
  "/settings/%70assword",
  "/settings%2Fpassword",
  "/settings/password/new",
  "/settings/password?x=/things/1",
  "/things/../settings/password",
  "/things/%2e%2e/settings/password",
  "/settings\\password",
  "/settings/password%00",
  "/settings/%E0%A4%A",
  "/settings/%",
  "/settings/password#x",
  "http://127.0.0.1/settings/password",
  "/settings/%2570assword",
  "/settings%252Fpassword",
  "/things/%252e%252e/settings/password",
  "/settings/password;x=1",
  "/settings;x=1/password",
  "/settings/password.",
  "/settings/password%20",
  "/settings/password%2500",
  "/settings/%EF%BD%90assword",
  "/settings/pas%C2%ADsword",
  "/settings/pas%C5%BFword",
  "/settings%EF%BC%8Fpassword",
  "/settings/pass%c0%afword",
])("refuses %s in every scope", async (path) => {
  expect(await raw(path)).toBe(403);
  expect(await raw(path, "POST")).toBe(403);
  expect(shop.ran).toEqual([]);
  expect(shop.issuer.actions.map(({ why }) => why)).toEqual(["denied_route", "denied_route"]);
});

test("the guard on the route refuses what no list names", async () => {
  expect(await raw("/keys", "POST")).toBe(403);
});

test("other paths are not caught", async () => {
  expect(await raw("/settings")).toBe(200);
  expect(await raw("/settings/passwords")).toBe(200);
  expect(await raw("/things/password")).toBe(200);
  expect(await raw("/things/settings%20password")).toBe(200);
});
