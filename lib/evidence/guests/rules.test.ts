import { describe, expect, it } from "vitest";
import { linkRefusal, visitRefusal } from "./rules.ts";

const at = new Date("2026-11-24T10:00:00Z");
const ago = (ms: number) => new Date(at.getTime() - ms);
const ahead = (ms: number) => new Date(at.getTime() + ms);
const hour = 3_600_000;

describe("a link", () => {
  const good = {
    revokedAt: null,
    expiresAt: ahead(1),
    usedAt: null,
    goodUntil: ahead(1),
    isReplaced: false,
  };
  it.each([
    [{}, null],
    [{ usedAt: ago(1), revokedAt: ago(1) }, "used"],
    [{ revokedAt: ago(1) }, "revoked"],
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
    expiresAt: ahead(1),
    leftAt: null,
    isReplaced: false,
    lastActiveAt: ago(72 * hour - 1),
  };
  it.each([
    [{}, null],
    [{ revokedAt: ago(1), leftAt: ago(2) }, "revoked"],
    [{ expiresAt: at }, "expired"],
    [{ leftAt: ago(1) }, "left"],
    [{ isReplaced: true }, "replaced"],
    [{ lastActiveAt: ago(72 * hour) }, "idle"],
  ])("%j: %s", (over, why) => {
    expect(visitRefusal({ ...good, ...over }, at)).toBe(why);
  });
});
