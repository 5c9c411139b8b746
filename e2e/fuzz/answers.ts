import { expect } from "@playwright/test";
import type { Got } from "#e2e/fixtures/http.ts";

/** What no answer may show: places in the code, words of the database, a bug's own words. */
const leaks = [
  /node_modules|webpack-internal|\.next[-\w]*\/(server|dev)|file:\/\//,
  /\n\s+at .+:\d+:\d+/,
  /Failed query|syntax error at|violates .* constraint|invalid byte sequence|out of range:|pg_catalog|postgres(ql)?:\/\//,
  /ZodError|DrizzleQueryError|TypeError|RangeError|ReferenceError|ECONN/,
  new RegExp(process.cwd().replaceAll(/[.\\]/g, "\\$&")),
];

/** True of every answer there is, whatever was asked. */
export function expectHarmless(answer: Got, asked: string): void {
  expect(answer.status, asked).toBeLessThan(500);
  for (const leak of leaks) expect(answer.text, asked).not.toMatch(leak);
  // A fault that came after the first bytes were sent: Next leaves its number in the page.
  expect(answer.text, asked).not.toMatch(/digest\\?":\\?"\d+/);
  expect(answer.headers["x-evil"] ?? answer.headers["set-cookie"] ?? "", asked).not.toContain(
    "evil",
  );
}

export function expectSecured({ status, headers }: Got, asked: string): void {
  // Longer than Node's parser reads: nobody of us has seen it.
  if (status === 431) return;
  expect(headers["x-content-type-options"], asked).toBe("nosniff");
  expect(headers["content-security-policy"], asked).toContain("frame-ancestors 'none'");
  expect(headers["referrer-policy"], asked).toBe("strict-origin-when-cross-origin");
  expect(headers["x-powered-by"], asked).toBeUndefined();
}

/** An error of the API is a problem (RFC 9457), one of the OAuth endpoints RFC 6749's; a wrong method has no body. */
export function expectProblem(answer: Got, path: string, asked: string): void {
  if (answer.status < 400 || answer.text === "") return;
  if (/^\/oauth\/(token|introspect|revoke)$/.test(path)) {
    expect(JSON.parse(answer.text), asked).toEqual({
      error: expect.stringMatching(/^[a-z_]+$/),
      error_description: expect.any(String),
    });
  } else if (path.startsWith("/api/v1/")) {
    expect(answer.headers["content-type"], asked).toBe("application/problem+json");
    expect(JSON.parse(answer.text), asked).toMatchObject({
      type: "about:blank",
      title: expect.any(String),
      status: answer.status,
      detail: expect.any(String),
    });
  }
}
