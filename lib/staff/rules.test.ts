import { describe, expect, it } from "vitest";
import { type SignInFacts, signInRefusal } from "./rules.ts";

const at = new Date("2026-11-24T10:00:00Z");
const ago = (minutes: number) => new Date(at.getTime() - minutes * 60_000);
const good: SignInFacts = {
  createdAt: ago(60),
  lastActiveAt: ago(1),
  endedAt: null,
  endCause: null,
  status: "active",
  roles: ["agent"],
};

describe("a sign-in", () => {
  it("is good within 12 h, used within 30 min", () => {
    expect(signInRefusal(good, at)).toBeNull();
    expect(
      signInRefusal({ ...good, createdAt: ago(719.9), lastActiveAt: ago(29.9) }, at),
    ).toBeNull();
  });
  it("is over at the twelfth hour and at the thirtieth unused minute", () => {
    expect(signInRefusal({ ...good, createdAt: ago(720) }, at)).toBe("expired");
    expect(signInRefusal({ ...good, lastActiveAt: ago(30) }, at)).toBe("idle");
  });
  it("ends with the person's place, first of all reasons", () => {
    expect(signInRefusal({ ...good, status: "deactivated", endedAt: ago(1) }, at)).toBe(
      "deactivated",
    );
    expect(signInRefusal({ ...good, endedAt: ago(1), endCause: "signed_out" }, at)).toBe("ended");
    expect(signInRefusal({ ...good, roles: [] }, at)).toBe("no_role");
  });
});
