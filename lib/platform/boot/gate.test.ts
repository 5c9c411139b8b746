import { describe, expect, it } from "vitest";
import { ask, form, own, post, seen, serveGated } from "./testing.ts";

serveGated();

describe("what Next is told", () => {
  it("names no foreign origin, so that the action itself refuses it", async () => {
    for (const origin of ["https://evil.test", "null", "http://alongside.test"])
      expect((await seen("/requests", post(form([]), { origin }))).headers.origin).toBeUndefined();
    expect((await seen("/requests", post(form([])))).headers.origin).toBe(own);
  });

  it("holds nothing that only the gate may say", async () => {
    const { headers } = await seen("/requests", {
      headers: {
        host: "evil.test",
        "x-forwarded-host": "evil.test",
        "x-forwarded-proto": "http",
        "x-forwarded-for": "192.0.2.1",
        forwarded: "host=evil.test",
        "x-middleware-subrequest": "proxy",
        "x-nonce": "known",
        "x-alongside-path": "/elsewhere",
        "x-alongside-request": "known",
      },
    });
    expect(headers).toMatchObject({
      host: "alongside.test",
      "x-forwarded-host": "alongside.test",
      "x-forwarded-for": "192.0.2.1",
      "x-alongside-path": "/requests",
    });
    for (const name of ["forwarded", "x-forwarded-proto", "x-middleware-subrequest"])
      expect(headers).not.toHaveProperty(name);
    expect(headers["x-nonce"]).not.toBe("known");
    expect(headers["x-alongside-request"]).not.toBe("known");
    expect(headers["content-security-policy"]).toContain(`'nonce-${headers["x-nonce"]}'`);
  });

  it("takes no page that reads itself anew for something a person does", async () => {
    const live = "/sessions/live?scope=read";
    const by = async (headers: Record<string, string>, path = live, method = "GET") =>
      "x-alongside-activity" in (await seen(path, { method, headers })).headers;
    const reread = { "sec-fetch-dest": "empty", referer: `${own}${live}` };
    expect(await by(reread)).toBe(false);
    expect(await by({ ...reread, "x-alongside-activity": "1" })).toBe(false);
    expect(await by(reread, `${live}&_rsc=abc`)).toBe(false);
    expect(await by({ ...reread, referer: `${own}/requests` })).toBe(true);
    expect(await by({ ...reread, referer: `https://evil.test${live}` })).toBe(true);
    expect(await by(reread, "/sessions/live?scope=write")).toBe(true);
    expect(await by(reread, undefined, "POST")).toBe(true);
    expect(await by({ ...reread, "sec-fetch-dest": "document" })).toBe(true);
    expect(await by({})).toBe(true);
  });

  it("names a person's page without Next's mark, and none for a prefetch", async () => {
    const { headers } = await seen("/requests?state=open&_rsc=abc");
    expect(headers["x-alongside-path"]).toBe("/requests?state=open");
    for (const [name, value] of [
      ["purpose", "prefetch"],
      ["sec-purpose", "prefetch;prerender"],
      ["next-router-prefetch", "1"],
    ] as const) {
      const { headers } = await seen("/requests", {
        headers: { [name]: value, "x-alongside-path": "/" },
      });
      expect(headers).not.toHaveProperty("x-alongside-path");
      expect(headers).not.toHaveProperty("x-alongside-activity");
    }
    const posted = await seen("/", post(form([]), { "next-router-prefetch": "1" }));
    expect(posted.headers["x-alongside-activity"]).toBe("1");
  });
});

it.each([
  ["GET", "/%ff", 400],
  ["GET", "//evil.test", 400],
  ["GET", "/%5cevil.test", 400],
  ["GET", "/oauth/../requests", 400],
  ["POST", "/oauth/%2E%2e/requests", 400],
  ["GET", "http://evil.test/", 400],
  ["OPTIONS", "*", 400],
  ["DELETE", "/api/v1/directory", 405],
  ["TRACE", "/", 405],
  ["PUT", "/requests", 405],
  ["POST", "/favicon.svg", 405],
  ["POST", "/_next/static/chunks/a.js", 405],
  ["POST", "/requests", 200],
])("answers %s %s with its headers: %d", async (method, path, status) => {
  const answer = await ask(path, { method });
  expect(answer.status).toBe(status);
  if (path.startsWith("/api/")) expect(answer.text).toBe("");
  expect(answer.headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(answer.headers["strict-transport-security"]).toBe("max-age=31536000");
  if (!path.startsWith("/_next/")) expect(answer.headers["cache-control"]).toBe("no-store");
  expect(answer.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
});

it("leaves to Next how long a built file may be kept", async () => {
  const { headers } = await ask("/_next/static/chunks/a.js");
  expect(headers).not.toHaveProperty("cache-control");
  expect(headers["x-content-type-options"]).toBe("nosniff");
});
