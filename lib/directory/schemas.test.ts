import { describe, expect, test } from "vitest";
import { directoryLine } from "./schemas.ts";
import { user } from "./testing.ts";

const accepts = (line: unknown) => directoryLine.safeParse(line).success;

test("a whole line is taken, its name tidied", () => {
  const line = directoryLine.parse(user({ name: "  Zoe\u0308 " }));
  expect(line).toMatchObject({ name: "Zoë" });
});

describe("taken", () => {
  test.each([
    ["an address of any script", { email: "пример@почта.рф" }],
    ["somebody who never signed in", { last_seen_at: null }],
    ["a language with its script", { lang: "zh-Hant-TW" }],
  ])("%s", (_, over) => expect(accepts(user(over))).toBe(true));
});

describe("not taken", () => {
  test.each([
    ["a name of spaces", { name: "   " }],
    ["a name that turns the direction of text", { name: "Jane \u202eeoD" }],
    ["a name with a control character", { name: "Jane\u0000" }],
    ["an id with a space", { id: "usr 1" }],
    ["an address without a place", { email: "jane" }],
    ["a time without a zone", { last_seen_at: "2026-11-24T10:00:00" }],
    ["a time that no database holds", { last_seen_at: "0000-01-01T00:00:00Z" }],
    ["an unknown status", { status: "gone" }],
    ["an unknown kind of line", { type: "invoice" }],
    ["a word for a yes", { vip: "no" }],
  ])("%s", (_, over) => expect(accepts(user(over))).toBe(false));
});
