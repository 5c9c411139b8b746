import { describe, expect, it } from "vitest";
import { safePath } from "./return-path.ts";

describe("safePath", () => {
  it.each([
    "/",
    "/requests?status=pending",
    "/sessions/1#end",
    "/oauth/authorize?client_id=ledger",
  ])("follows our own %s", (path) => expect(safePath(path)).toBe(path));

  it.each([
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/x/..//evil.example",
    "/x/%2e%2e//evil.example",
    "javascript:alert(1)",
    "requests",
    " /requests",
    "",
    null,
    undefined,
    "/api/auth/signout",
    "/API/v1/sessions",
    `/${"x".repeat(3000)}`,
  ])("does not follow %j", (path) => expect(safePath(path, "/home")).toBe("/home"));
});
