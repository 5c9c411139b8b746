import { expect, it } from "vitest";
import type { Pair } from "../facts.ts";
import { agentId, factsOf, rulesOf, vote } from "../testing.ts";
import { samePair } from "./same-pair.ts";

const rules = rulesOf({ pairRequests: 10, pairShare: 0.8, pairTimesTheTeam: 2 });
const at = Date.parse("2026-11-02T10:00:00Z");
const votes = (n: number, explained = false) =>
  Array.from({ length: n }, (_, i) => vote({ at: at + i * 86_400_000, explained }));
const pair = (over: Partial<Pair>): Pair => ({
  actorId: agentId,
  approverId: "01a20f34-9d2f-7282-a6ab-7a34d57a6102",
  approver: "Max Dray",
  votes: votes(10),
  ofActor: 12,
  byPair: 10,
  ofTeam: 60,
  byApproverInTeam: 9,
  ...over,
});
const find = (over: Partial<Pair>) => samePair.find(factsOf({ pairs: [pair(over)] }), rules);

it("finds ten requests of which the other decided four fifths, not nine, nor fewer of more", () => {
  expect(find({})).toHaveLength(1);
  expect(find({ votes: votes(9) })).toEqual([]);
  expect(find({ ofActor: 13 })).toEqual([]);
});

it("finds nothing where one manager decides for the whole team", () => {
  expect(find({ ofActor: 10, byApproverInTeam: 30 })).toHaveLength(1);
  expect(find({ ofActor: 10, byApproverInTeam: 31 })).toEqual([]);
});

it("counts nothing that is explained", () => {
  expect(find({ votes: votes(10, true) })).toEqual([]);
});

it("names both, and what the others do", () => {
  const [found] = find({});
  expect(found).toMatchObject({
    actorId: agentId,
    otherId: "01a20f34-9d2f-7282-a6ab-7a34d57a6102",
  });
  expect(found && samePair.words(found.evidence, "UTC")).toBe(
    "Max Dray approved 10 of 12 requests within 90 days; of the 60 of the rest of the team it was 9. 10 of them, on 2–11 Nov, had no ticket.",
  );
});
