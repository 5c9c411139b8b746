import { expect, test } from "vitest";
import { tellsWhoWaits } from "./tells-who-waits.ts";

const one = (reviewerId: string, most = 1) => ({
  ...{ reviewerId, name: reviewerId, able: true, deactivated: false, decided: 0, toDecide: 3 },
  ...{ open: 3, late: 0, seconds: null, most, remindedAt: null },
});
const of = (...all: ReturnType<typeof one>[]) => ({ first: all, fastest: all, of: all.length });
const facts = { readerId: "cora", isOpen: true, reviewers: of(), unassigned: 0, rushed: 40 };

test.each([
  ["nobody", facts, false],
  ["the reader alone", { ...facts, reviewers: of(one("cora")) }, false],
  ["another alone", { ...facts, reviewers: of(one("runa")) }, true],
  ["the reader and another", { ...facts, reviewers: of(one("cora"), one("runa")) }, true],
  ["items without a reviewer", { ...facts, unassigned: 1 }, true],
  ["the reader, in haste", { ...facts, reviewers: of(one("cora", 40)) }, true],
  ["who reviewed what is closed", { ...facts, isOpen: false, reviewers: of(one("cora")) }, true],
])("a review that waits on %s", (_, given, tells) => expect(tellsWhoWaits(given)).toBe(tells));
