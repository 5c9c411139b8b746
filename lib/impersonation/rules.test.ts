import { describe, expect, it } from "vitest";
import { endCauses } from "#lib/vocabulary.ts";
import { endedByPolicy, endedByTime, endSentence, isUpgrade } from "./rules.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 10, minute));
const session = {
  startedAt: at(0),
  expiresAt: at(30),
  lastActiveAt: at(0),
  idleMinutes: 10,
  endedAt: null,
};
const calm = {
  actorActive: true,
  actorIsAgent: true,
  signInOpen: true,
  globalStop: false,
  subjectRefusal: null,
  isOutOfReach: false,
  isOutgrown: false,
} as const;

describe("a session ends", () => {
  it("by time, to the millisecond", () => {
    const busy = { ...session, lastActiveAt: at(29) };
    expect(endedByTime(busy, new Date(at(30).getTime() - 1))).toBeNull();
    expect(endedByTime(busy, at(30))).toBe("time");
  });

  it("by idleness, if that comes first", () => {
    expect(endedByTime(session, at(9))).toBeNull();
    expect(endedByTime(session, at(10))).toBe("idle");
    expect(endedByTime(session, at(59))).toBe("idle");
    expect(endedByTime({ ...session, lastActiveAt: at(25) }, at(40))).toBe("time");
  });

  it.each([
    [{ globalStop: true }, "global_stop"],
    [{ actorActive: false }, "actor_withdrawn"],
    [{ actorIsAgent: false }, "actor_withdrawn"],
    [{ signInOpen: false }, "sign_out"],
    [{ subjectRefusal: "closed" }, "account_stricter"],
    [{ subjectRefusal: "other" }, "subject_withdrawn"],
    [{ isOutOfReach: true }, "account_stricter"],
    [{ isOutgrown: true }, "account_stricter"],
  ] as const)("when the world has changed: %o", (change, cause) => {
    expect(endedByPolicy({ ...calm, ...change })).toBe(cause);
  });

  it("not while nothing speaks against it", () => {
    expect(endedByPolicy(calm)).toBeNull();
  });

  it("with a sentence for every cause", () => {
    for (const cause of endCauses)
      expect(
        endSentence(cause, { name: "Runa", comment: null, minutes: 30, idleMinutes: 10 }),
      ).toMatch(/^\S.{8,}/);
  });

  it("as upgraded only from looking to acting as the same person", () => {
    const live = { subjectId: "j", scope: "read" } as const;
    expect(isUpgrade(live, { subjectId: "j", scope: "write" })).toBe(true);
    expect(isUpgrade(live, { subjectId: "j", scope: "read" })).toBe(false);
    expect(isUpgrade(live, { subjectId: "b", scope: "write" })).toBe(false);
    expect(isUpgrade({ ...live, scope: "write" }, { subjectId: "j", scope: "write" })).toBe(false);
  });
});
