import { connect } from "node:net";
import { ask } from "#e2e/fixtures/caller.ts";
import { allRoutes } from "#e2e/fixtures/routes.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { stack } from "#e2e/support/stack.ts";

const id = "01900000-0000-7000-8000-000000000000";
const every = [
  "content-security-policy",
  "x-frame-options",
  "x-content-type-options",
  "referrer-policy",
  "permissions-policy",
  "cross-origin-opener-policy",
  "cross-origin-resource-policy",
  "cross-origin-embedder-policy",
];
const never = [
  "x-powered-by",
  "server",
  "access-control-allow-origin",
  "strict-transport-security",
  "x-middleware-next",
];

function check(name: string, headers: Record<string, string>): void {
  expect(
    every.filter((header) => !headers[header]),
    name,
  ).toEqual([]);
  expect(
    never.filter((header) => headers[header] !== undefined),
    name,
  ).toEqual([]);
  expect(headers["content-security-policy"], name).toContain("frame-ancestors 'none'");
}

const others = [
  "/nothing-here",
  "/%ff",
  "/%00",
  "/%5cevil.test",
  "//evil.test",
  "/..%2f..%2fetc%2fpasswd",
  "/_next/static/chunks/none.js",
  "/_next/image?url=http%3A%2F%2F127.0.0.1%3A1%2F&w=64&q=75",
  "/_next/data/build/index.json",
  "/favicon.svg",
  "/robots.txt",
  "/sign-in.rsc",
  "/sign-in.segments/_tree.segment.rsc",
  "/.env",
  "/.git/config",
  "/.next/BUILD_ID",
  "/package.json",
  "/server.js.map",
];

test("every answer carries its headers, and none says what it is made of", async ({ caller }) => {
  const reader = await caller(["admin"]);
  const paths = [...allRoutes().map((route) => route.replace(/\[[^\]]*\]/g, id)), ...others];
  for (const path of paths)
    for (const method of ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE"]) {
      const answer = await ask(path, reader, { method });
      check(`${method} ${path}`, answer.headers);
      expect(answer.status, `${method} ${path}`).toBeLessThan(500);
      if (method === "TRACE") expect([400, 405], path).toContain(answer.status);
    }
  for (const path of others.slice(9)) {
    const { status } = await ask(path, reader);
    const isThere = path === "/favicon.svg" || path === "/robots.txt";
    expect(status, path).toBe(isThere ? 200 : 404);
  }
});

test("a prefetch carries them too", async ({ caller }) => {
  const reader = await caller();
  const headers = { rsc: "1", "next-router-prefetch": "1" };
  check("prefetch", (await ask("/requests?_rsc=1", reader, { headers })).headers);
});

test("a page of somebody's is kept by nobody", async ({ caller }) => {
  const reader = await caller(["agent", "manager", "admin"]);
  for (const path of ["/", "/requests", "/sessions", "/audit", "/sessions/live", "/sign-in"]) {
    const { headers } = await ask(path, reader);
    expect(headers["cache-control"], path).toContain("no-store");
  }
});

const upgrade =
  "GET http://evil.test/ HTTP/1.1\r\nhost: x\r\nconnection: Upgrade, close\r\nupgrade: websocket\r\n\r\n";
for (const [name, text] of [
  ["no HTTP at all", "HELLO\r\n\r\n"],
  ["a WebSocket to elsewhere", upgrade],
  ["a header of 64 KiB", `GET / HTTP/1.1\r\nhost: x\r\ncookie: ${"x".repeat(65_536)}\r\n\r\n`],
] as const)
  test(`even the answer to ${name} carries them`, async () => {
    const got = await raw(text);
    expect(got).toMatch(/^HTTP\/1\.1 4(00|31) /);
    for (const header of every) expect(got).toContain(`${header}: `);
  });

/** What the server writes back to these bytes until it closes. */
function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(stack().panelUrl);
  return new Promise((resolve, reject) => {
    let got = "";
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.on("data", (chunk) => {
      got += chunk;
    });
    socket.on("close", () => resolve(got));
    socket.on("error", reject);
  });
}
