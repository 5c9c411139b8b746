import { expect, it } from "vitest";
import type { ApproverKind } from "#lib/vocabulary.ts";
import { type Candidate, type RingState, ringsDue } from "./ring-rules.ts";

const askedAt = new Date("2026-11-24T10:00:00Z");
const after = (seconds: number) => new Date(askedAt.getTime() + seconds * 1000);
const times = { secondAfter: 120, fallbackAfter: 300 };
const one = (id: string, more: Partial<Candidate> = {}): Candidate => ({
  id,
  name: id,
  active: false,
  fits: ["manager"],
  asked: false,
  approved: false,
  ...more,
});
const wants = (by: ApproverKind, votes = 1) => [{ by, votes }];
const state = (seconds: number, more: Partial<RingState> = {}): RingState => ({
  rung: 0,
  nobody: false,
  askedAt,
  at: after(seconds),
  ...more,
});
const due = (
  at: RingState,
  people: Candidate[],
  wanted: { by: ApproverKind; votes: number }[] = wants("manager"),
) => {
  const { rings, ...rest } = ringsDue(at, people, wanted, times);
  return { ...rest, rings: rings.map(({ ring, asked }) => [ring, ...asked.map(({ id }) => id)]) };
};

it("asks who is at work first, the own manager before others, a handful at most", () => {
  const people = [..."abcdef"].map((id) => one(id, { active: true }));
  const own = one("own", { active: true, fits: ["own_manager", "manager"] });
  const { rings, rung, nextAt } = due(state(0), [...people, own, one("away")]);
  expect(rings).toEqual([[1, "own", "a", "b", "c", "d"]]);
  expect(rung).toBe(1);
  expect(nextAt).toEqual(after(120));
});

it("asks everybody at once where nobody is at work", () => {
  expect(due(state(0), [one("a"), one("b")])).toMatchObject({
    rings: [[2, "a", "b"]],
    rung: 2,
    nextAt: after(300),
  });
});

it("asks the rest at once where those at work cannot meet what the rules want", () => {
  const people = [one("a", { active: true }), one("c", { fits: ["compliance"] })];
  const both = [...wants("manager"), ...wants("compliance")];
  expect(due(state(0), people, both).rings).toEqual([
    [1, "a"],
    [2, "c"],
  ]);
  expect(due(state(0), [one("a", { active: true }), one("b")], wants("manager", 2)).rings).toEqual([
    [1, "a"],
    [2, "b"],
  ]);
});

it("rings the rest after two minutes, and names the fallback after five", () => {
  const people = [one("a", { asked: true, active: true }), one("b")];
  expect(due(state(119, { rung: 1 }), people)).toMatchObject({ rings: [], nextAt: after(120) });
  expect(due(state(120, { rung: 1 }), people).rings).toEqual([[2, "b"]]);
  const all = people.map((person) => ({ ...person, asked: true }));
  expect(due(state(299, { rung: 2 }), all)).toMatchObject({ rings: [], nextAt: after(300) });
  expect(due(state(300, { rung: 2 }), all)).toMatchObject({ rings: [[3]], rung: 3, nextAt: null });
  expect(due(state(400, { rung: 3 }), all)).toMatchObject({ rings: [], nextAt: null });
});

it("catches who comes back meanwhile with the next ring", () => {
  const people = [one("a", { asked: true }), one("back")];
  expect(due(state(300, { rung: 2 }), people).rings).toEqual([[3, "back"]]);
});

it("rings again at once when everybody who was asked is gone", () => {
  expect(due(state(10, { rung: 1 }), [one("b"), one("c")]).rings).toEqual([[2, "b", "c"]]);
  expect(due(state(130, { rung: 2 }), [one("new")]).rings).toEqual([[2, "new"]]);
  expect(due(state(900, { rung: 3 }), [one("new")]).rings).toEqual([[3, "new"]]);
});

it("leaves out who has approved, and what their vote has met", () => {
  const voted = one("a", { asked: true, approved: true });
  const people = [voted, one("b", { asked: true, active: true })];
  expect(due(state(60, { rung: 1 }), people, wants("manager", 2)).rings).toEqual([]);
  expect(due(state(60, { rung: 1 }), [voted, one("c")], wants("manager", 2)).rings).toEqual([
    [2, "c"],
  ]);
});

it("says once that nobody may decide, and goes on as soon as somebody may", () => {
  const alone = due(state(0), []);
  expect(alone).toMatchObject({ rings: [], tellNobody: true, nobody: true, rung: 0 });
  expect(alone.nextAt).toEqual(after(30));
  expect(due(state(30, { nobody: true }), [])).toMatchObject({ tellNobody: false, nobody: true });
  expect(due(state(60, { nobody: true }), [one("a", { active: true })])).toMatchObject({
    rings: [[1, "a"]],
    nobody: false,
  });
  // Who was asked before and is back is not asked twice.
  expect(due(state(60, { nobody: true, rung: 2 }), [one("a", { asked: true })])).toMatchObject({
    rings: [],
    nobody: false,
    nextAt: after(300),
  });
});
