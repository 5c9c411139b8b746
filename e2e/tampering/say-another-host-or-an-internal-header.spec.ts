import { ask } from "#e2e/fixtures/caller.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const lies: [string, Record<string, string>][] = [
  ["Host", { host: "evil.test" }],
  ["X-Forwarded-Host", { "x-forwarded-host": "evil.test" }],
  ["X-Forwarded-Proto", { "x-forwarded-proto": "https" }],
  ["Forwarded", { forwarded: "host=evil.test;proto=https" }],
  ["X-Original-URL", { "x-original-url": "/audit", "x-rewrite-url": "/audit" }],
];
const paths = [
  "/",
  "/sign-in",
  "/audit",
  "/api/auth/csrf",
  "/api/auth/providers",
  "/oauth/authorize",
  "/.well-known/oauth-authorization-server",
  "/api/v1/openapi.json",
];

for (const [name, headers] of lies)
  test(`${name} changes no issuer, no redirect, no link and no cookie`, async ({ caller }) => {
    const reader = await caller();
    for (const path of paths)
      for (const who of [null, reader]) {
        const told = await ask(path, who);
        const lied = await ask(path, who, { headers });
        expect(lied.status, path).toBe(told.status);
        expect(lied.headers.location, path).toBe(told.headers.location);
        expect(attributes(lied.headers["set-cookie"]), path).toEqual(
          attributes(told.headers["set-cookie"]),
        );
        expect(`${lied.text}${JSON.stringify(lied.headers)}`, path).not.toContain("evil.test");
      }
  });

/** All of a cookie but its value, which is chance. */
const attributes = (line = ""): string => line.replace(/=[^;]*/, "");

const internal: Record<string, string>[] = [
  { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
  { "x-middleware-subrequest": "src/proxy:src/proxy:src/proxy:src/proxy:src/proxy" },
  { "x-middleware-next": "1" },
  { "x-middleware-rewrite": "/audit" },
  { "x-middleware-override-headers": "cookie", "x-middleware-request-cookie": "x" },
  { "x-invoke-path": "/audit", "x-invoke-status": "200" },
  { "x-matched-path": "/audit" },
  { "x-nextjs-data": "1" },
  { "next-resume": "1" },
  { "x-action-forwarded": "1" },
  { "x-prerender-revalidate": "x" },
  { "x-alongside-path": "/elsewhere", "next-router-prefetch": "1", rsc: "1" },
];

for (const headers of internal)
  test(`${Object.keys(headers)[0]} opens nothing: ${Object.values(headers)[0]}`, async ({
    caller,
  }) => {
    const agent = await caller();
    for (const path of ["/audit", "/requests", "/audit.rsc"]) {
      const answer = await ask(path, null, { headers });
      expect([303, 307, 404, 200], path).toContain(answer.status);
      expect(answer.text, path).not.toContain("<table");
      expect(answer.headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    }
    const signedIn = await ask("/sessions/live", agent, { headers });
    expect(signedIn.status).toBeLessThan(500);
    expect(signedIn.text).not.toContain("/elsewhere");
  });

test("whoever names an address of their own beside ours is not followed", async () => {
  for (const path of ["http://evil.test/", "//evil.test/", "/\\evil.test", "@evil.test/", "*"]) {
    const { status, headers } = await ask(path, null);
    expect(status, path).toBe(400);
    expect(headers.location, path).toBeUndefined();
  }
});
