import { expect, it } from "vitest";
import { factsOf, rulesOf, vote } from "../testing.ts";
import { quickApproval } from "./quick-approval.ts";

const rules = rulesOf({ quickSeconds: 10, quickApprovals: 3 });
const first = Date.parse("2026-11-02T10:00:00Z");
const votes = (days: number[], seconds: number, explained = false) =>
  days.map((n) => {
    const at = first + n * 86_400_000;
    return vote({ at, askedAt: at - seconds * 1000, explained });
  });

it("finds the third approval within ten seconds in 30 days, about who approved", () => {
  expect(quickApproval.find(factsOf({ votes: votes([0, 1], 10) }), rules)).toEqual([]);
  expect(quickApproval.find(factsOf({ votes: votes([0, 1, 30], 11) }), rules)).toEqual([]);
  expect(quickApproval.find(factsOf({ votes: votes([0, 1, 31], 10) }), rules)).toEqual([]);
  const [found] = quickApproval.find(factsOf({ votes: votes([0, 1, 30], 10) }), rules);
  expect(found?.actorId).toBe(vote({ at: first }).approverId);
  expect(found && quickApproval.words(found.evidence, "UTC")).toBe(
    "3 requests of 1 agent approved within 10 s of the ask, on 2 Nov to 2 Dec, without a ticket.",
  );
});

it("counts nothing that is explained", () => {
  expect(quickApproval.find(factsOf({ votes: votes([0, 1, 2], 2, true) }), rules)).toEqual([]);
});
