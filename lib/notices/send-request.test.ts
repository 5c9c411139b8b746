import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeEach, expect, it } from "vitest";
import { sendRequest } from "./send-request.ts";

let connections = 0;
let answered: string[] = [];
/** Whether the receiver closes a connection in the moment in which it is used again. */
let closesKept = true;
let closesAll = false;

const server = http.createServer((request, response) => {
  const isKept = served.has(request.socket);
  served.add(request.socket);
  if (closesAll || (isKept && closesKept)) return request.socket.destroy();
  answered.push(String(request.headers["webhook-id"]));
  return response.writeHead(204).end();
});
const served = new WeakSet<object>();
server.on("connection", () => {
  connections += 1;
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo;
let agent = new http.Agent();
afterEach(() => agent.destroy());
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  connections = 0;
  answered = [];
  closesKept = true;
  closesAll = false;
});

const send = (id: string) =>
  sendRequest(new URL(`http://127.0.0.1:${port}/`), "{}", {
    agent,
    signal: AbortSignal.timeout(5000),
    headers: { "webhook-id": id, "content-length": 2 },
  });

it("a connection that was kept and is closed just now costs nothing but another one", async () => {
  await send("one");
  await send("two");
  await send("three");
  expect(answered).toEqual(["one", "two", "three"]);
  expect(connections).toBe(3);
});

it("a connection that stays is used again", async () => {
  closesKept = false;
  await send("one");
  await send("two");
  expect(answered).toEqual(["one", "two"]);
  expect(connections).toBe(1);
});

it("who closes every connection is not tried for ever", async () => {
  await send("one");
  closesAll = true;
  await expect(send("two")).rejects.toThrow();
  expect(answered).toEqual(["one"]);
  expect(connections).toBe(2);
});
