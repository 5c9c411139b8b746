import { describe, expect, it } from "vitest";
import type { Role } from "#lib/vocabulary.ts";
import { type Given, groupChanges, type HeldGrant } from "./group-rules.ts";

const gives = (group: string, role: Role, lookingOnly = false): Given => ({
  group,
  role,
  lookingOnly,
});
const held = (role: Role, group: string | null, lookingOnly = false): HeldGrant => ({
  id: `${role} by ${group}`,
  role,
  lookingOnly,
  group,
});
const mapped = [
  gives("desk", "agent"),
  gives("desk-eyes", "agent", true),
  gives("leads", "manager"),
  gives("audit", "compliance"),
];
const changes = (has: HeldGrant[], groups: string[]) => {
  const { take, give } = groupChanges(has, mapped, groups);
  return {
    take: take.map(({ id }) => id),
    give: give.map(({ role, group }) => `${role} by ${group}`),
  };
};

describe("what groups change", () => {
  it("gives what is mapped, and nothing for a group that nobody mapped", () => {
    expect(changes([], ["desk", "leads", "cooks"])).toEqual({
      take: [],
      give: ["agent by desk", "manager by leads"],
    });
  });

  it("changes nothing for who has what their groups give", () => {
    expect(changes([held("agent", "desk")], ["desk"])).toEqual({ take: [], give: [] });
  });

  it("takes what a group gave once they are out of it, and no role that a person gave", () => {
    expect(changes([held("agent", "desk"), held("manager", null)], [])).toEqual({
      take: ["agent by desk"],
      give: [],
    });
  });

  it("gives nothing beside the same role by hand, and takes what a group gave of it", () => {
    expect(changes([held("manager", null)], ["leads"])).toEqual({ take: [], give: [] });
  });

  it("lets act who is in a group that does, whatever else they are in", () => {
    expect(changes([held("agent", "desk-eyes", true)], ["desk-eyes", "desk"])).toEqual({
      take: ["agent by desk-eyes"],
      give: ["agent by desk"],
    });
    expect(changes([held("agent", "desk")], ["desk-eyes"])).toEqual({
      take: ["agent by desk"],
      give: ["agent by desk-eyes"],
    });
  });

  it("makes nobody agent and compliance, by groups or beside what a person gave", () => {
    expect(changes([], ["desk", "audit"])).toEqual({ take: [], give: [] });
    expect(changes([held("agent", null)], ["audit"])).toEqual({ take: [], give: [] });
    expect(changes([held("compliance", null)], ["desk"])).toEqual({ take: [], give: [] });
    expect(changes([held("agent", "desk")], ["desk", "audit"])).toEqual({
      take: ["agent by desk"],
      give: [],
    });
  });
});
