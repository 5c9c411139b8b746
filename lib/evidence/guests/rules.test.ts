import { describe, expect, it } from "vitest";
import { linkRefusal, visitRefusal } from "./rules.ts";

const at = new Date("2026-11-24T10:00:00Z");
const before = (ms: number) => new Date(at.getTime() - ms);
const after = (ms: number) => new Date(at.getTime() + ms);
const hour = 3_600_000;

describe("a link", () => {
  const good = {
    revokedAt: null,
    expiresAt: after(1),
    usedAt: null,
    goodUntil: after(1),
    isReplaced: false,
  };
  it.each([
    [{}, null],
    [{ usedAt: before(1), revokedAt: before(1) }, "used"],
    [{ revokedAt: before(1) }, "revoked"],
    [{ expiresAt: at }, "expired"],
    [{ isReplaced: true }, "replaced"],
    [{ goodUntil: at }, "late"],
  ])("%j: %s", (over, why) => {
    expect(linkRefusal({ ...good, ...over }, at)).toBe(why);
  });
});

describe("a browser that was let in", () => {
  const good = {
    revokedAt: null,
    expiresAt: after(1),
    leftAt: null,
    isReplaced: false,
    lastActiveAt: before(72 * hour - 1),
  };
  it.each([
    [{}, null],
    [{ revokedAt: before(1), leftAt: before(2) }, "revoked"],
    [{ expiresAt: at }, "expired"],
    [{ leftAt: before(1) }, "left"],
    [{ isReplaced: true }, "replaced"],
    [{ lastActiveAt: before(72 * hour) }, "idle"],
  ])("%j: %s", (over, why) => {
    expect(visitRefusal({ ...good, ...over }, at)).toBe(why);
  });
});
