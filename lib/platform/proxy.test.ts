import { NextRequest } from "next/server";
import { afterAll, expect, it, vi } from "vitest";

vi.stubEnv("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none");
vi.stubEnv("ALONGSIDE_URL", "https://alongside.test");
vi.stubEnv("NEXTAUTH_SECRET", "x".repeat(32));
vi.stubEnv(
  "ALONGSIDE_SIGNING_KEYS",
  '[{"kty":"EC","crv":"P-256","kid":"1","x":"x","y":"y","d":"d","signs_from":"2026-01-01T00:00:00Z"}]',
);
afterAll(() => vi.unstubAllEnvs());
const { config, proxy } = await import("../../proxy.ts");

const ask = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  proxy(new NextRequest(`https://alongside.test${path}`, { headers, method }));
/** The headers that the page is going to see. */
const seen = (answer: Response) =>
  answer.headers.get("x-middleware-override-headers")?.split(",") ?? [];

it("names no foreign origin to Next, so that the action itself refuses it", async () => {
  for (const origin of ["https://evil.test", "null", "http://alongside.test"])
    expect(seen(await ask("/requests", { origin }, "POST"))).not.toContain("origin");
  const own = await ask("/requests", { origin: "https://alongside.test" }, "POST");
  expect(seen(own)).toContain("origin");
});

it("overwrites what only it may say", async () => {
  const answer = await ask("/requests", { "x-alongside-path": "/elsewhere", "x-nonce": "known" });
  expect(answer.headers.get("x-middleware-request-x-alongside-path")).toBe("/requests");
  expect(answer.headers.get("x-middleware-request-x-nonce")).not.toBe("known");
});

it("leaves out nothing but built files, the mark and the stream of a directory", () => {
  const pattern = new RegExp(`^${config.matcher[0]?.source}$`);
  const passes = (path: string) => pattern.test(path);
  const within = ["/", "/icons", "/favicon", "/favicon.svg/x", "/_next/image"];
  const api = ["/api/v1/directory/", "/api/v1/directory/syncs", "/api/v1/directory.rsc"];
  expect([...within, ...api].filter((path) => !passes(path))).toEqual([]);
  const without = ["/_next/static/chunks/a.js", "/favicon.svg", "/api/v1/directory"];
  expect(without.filter(passes)).toEqual([]);
});

it("takes no page that reads itself anew for something a person does", async () => {
  const at = "https://alongside.test/sessions/live?scope=read";
  const by = async (
    headers: Record<string, string>,
    path = "/sessions/live?scope=read",
    method = "GET",
  ) => seen(await ask(path, headers, method)).includes("x-alongside-activity");
  const reread = { "sec-fetch-dest": "empty", referer: at };
  expect(await by(reread)).toBe(false);
  expect(await by({ ...reread, "x-alongside-activity": "1" })).toBe(false);
  expect(await by(reread, "/sessions/live?scope=read&_rsc=abc")).toBe(false);
  expect(await by({ purpose: "prefetch" })).toBe(false);
  expect(await by({ ...reread, referer: "https://alongside.test/requests" })).toBe(true);
  expect(await by({ ...reread, referer: "https://evil.test/sessions/live?scope=read" })).toBe(true);
  expect(await by(reread, "/sessions/live?scope=write")).toBe(true);
  expect(await by(reread, undefined, "POST")).toBe(true);
  expect(await by({ ...reread, "sec-fetch-dest": "document" })).toBe(true);
  expect(await by({})).toBe(true);
});
