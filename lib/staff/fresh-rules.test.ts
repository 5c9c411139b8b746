import { describe, expect, it, test } from "vitest";
import { freshRefusal, provedSince } from "./fresh-rules.ts";

const at = new Date("2026-11-24T10:00:00Z");
const before = (seconds: number) => new Date(at.getTime() - seconds * 1000);
const proved = (seconds: number, acr: string | null = null) => ({ authTime: before(seconds), acr });

describe("a proof of who somebody is", () => {
  it("is not asked for where the policy wants none, whatever the issuer said", () => {
    expect(freshRefusal({ authTime: null, acr: null }, at, null, "mfa")).toBeNull();
  });

  it.each([
    [300, null],
    [301, "old"],
    [-5, null],
  ])("of %d s ago is for 5 min: %s", (seconds, why) => {
    expect(freshRefusal(proved(seconds), at, 5, null)).toBe(why);
  });

  it("is none where nobody said when it was given", () => {
    expect(freshRefusal({ authTime: null, acr: "mfa" }, at, 480, null)).toBe("unsaid");
  });

  it.each([
    [null, "acr_unsaid"],
    ["pwd", "acr"],
    ["phr phrh", "acr"],
    ["phr", null],
    ["phrh", null],
  ])("given as %s is, where phr or phrh is wanted: %s", (acr, why) => {
    expect(freshRefusal(proved(10, acr), at, 5, "phr phrh")).toBe(why);
  });
});

/** Whole seconds, as an issuer says them whose clock is `apart` seconds behind ours. */
const said = (askedBefore: number, apart = 0) => {
  const second = (date: Date) => Math.floor(date.getTime() / 1000) - apart;
  return { authTime: second(before(askedBefore)), issuedAt: second(at) };
};

test.each([
  ["asked after we sent them there", 5, 0, true],
  ["asked in the very second", 10, 0, true],
  ["asked before, which it did not tell from now", 15, 0, false],
  ["asked hours ago", 7200, 0, false],
  ["asked after, by a slow clock", 5, 40, true],
  ["asked before, by a fast clock", 30, -40, false],
  ["asked hours ago, by a clock that is an hour behind", 3000, 3600, false],
])("begun 10 s ago, the issuer has %s", (_what, askedBefore, apart, since) => {
  expect(provedSince(said(askedBefore, apart), before(10), at)).toBe(since);
});
