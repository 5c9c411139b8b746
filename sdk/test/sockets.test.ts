import { request } from "node:http";
import type { Duplex } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Shop, startShop } from "./shop.ts";

let shop: Shop;
let browser: ReturnType<Shop["browser"]>;
beforeEach(async () => {
  shop = await startShop({ freshMs: 200 });
  browser = shop.browser();
});
afterEach(() => shop.close());

const upgraded: string[] = [];
beforeEach(() => upgraded.splice(0));

/** What the product does with an upgrade, once it is let through. */
function listen(declared = {}) {
  const accept = shop.door.upgrade((_req, socket, _head, impersonation) => {
    upgraded.push(impersonation?.subject.name ?? "themselves");
    socket.once("end", () => socket.end());
    socket
      .resume()
      .write(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
      );
  }, declared);
  shop.server.on("upgrade", (req, socket, head) => void accept(req, socket, head));
}

/** The status of the answer to an upgrade, and the socket where there is one. */
function upgrade(origin = shop.publicUrl): Promise<{ status: number; socket: Duplex | null }> {
  const cookie = [...browser.jar].map((pair) => pair.join("=")).join("; ");
  return new Promise((done, fail) => {
    const headers = { cookie, origin, connection: "Upgrade", upgrade: "websocket" };
    const sent = request(`${shop.publicUrl}/live`, { headers });
    sent.on("error", fail);
    sent.on("upgrade", ({ statusCode = 0 }, socket) => done({ status: statusCode, socket }));
    sent.on("response", (answer) => {
      answer.resume();
      done({ status: answer.statusCode ?? 0, socket: null });
    });
    sent.end();
  });
}

test.each(["read", "write"] as const)("no WebSocket while standing in: %s", async (scope) => {
  listen();
  shop.issuer.session.scope = scope;
  await browser.enter(shop.issuer.origin);
  expect((await upgrade()).status).toBe(403);
  expect(upgraded).toEqual([]);
  expect(shop.issuer.actions).toMatchObject([{ phase: "refused", why: "denied_route" }]);
});

test("nor where the product does not listen for upgrades at all", async () => {
  await browser.enter(shop.issuer.origin);
  expect((await upgrade()).status).toBe(403);
  expect(shop.ran).toEqual([]);
});

test("a customer’s own is theirs", async () => {
  listen();
  const { status, socket } = await upgrade();
  expect([status, upgraded]).toEqual([101, ["themselves"]]);
  socket?.destroy();
});

test("one that only shows is a view, and is cut off at the end", async () => {
  listen({ onlyShows: true });
  await browser.enter(shop.issuer.origin);
  const { status, socket } = await upgrade();
  expect([status, upgraded]).toEqual([101, ["Jane Ashdown"]]);
  const closed = new Promise((done) => socket?.on("error", done).on("close", done).resume());
  shop.issuer.end("manager");
  await closed;
  await shop.door.settle();
  expect(shop.issuer.actions).toMatchObject([{ phase: "view", status: 101 }]);
});

test("another site’s page opens none in its place", async () => {
  listen({ onlyShows: true });
  await browser.enter(shop.issuer.origin);
  expect((await upgrade("https://elsewhere.test")).status).toBe(403);
  expect(upgraded).toEqual([]);
});
