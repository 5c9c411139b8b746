import { expect, it } from "vitest";
import { factsOf, rulesOf, start } from "../testing.ts";
import { dormant } from "./dormant.ts";

const rules = rulesOf({ dormantDays: 60 });
const dayMs = 86_400_000;
const at = Date.parse("2026-11-16T10:00:00Z");
const find = (over: Partial<Parameters<typeof start>[0]>) =>
  dormant.find(factsOf({ starts: [start({ at, ...over })] }), rules);

it("finds access that was not used for 60 days, not 59", () => {
  expect(find({ usedBefore: at - 60 * dayMs + 1 })).toEqual([]);
  const [found, ...others] = find({ usedBefore: at - 60 * dayMs });
  expect(others).toEqual([]);
  expect(found?.subjectId).toBeNull();
  expect(found && dormant.words(found.evidence, "UTC")).toBe(
    "The first use of this access in 60 days, on 16 Nov: as Jane Ashdown (Northwind), without a ticket.",
  );
});

it("finds a customer who was not seen for as long, but not one who never was", () => {
  expect(find({ subjectSeen: null })).toEqual([]);
  expect(find({ subjectSeen: at - 59 * dayMs })).toEqual([]);
  const [found] = find({ subjectSeen: at - 103 * dayMs });
  expect(found && dormant.words(found.evidence, "UTC")).toBe(
    "1 session as Jane Ashdown (Northwind) on 16 Nov, without a ticket; the customer had not signed in for 103 days.",
  );
});

it("finds nothing that is explained", () => {
  expect(
    find({ usedBefore: at - 90 * dayMs, subjectSeen: at - 90 * dayMs, explained: true }),
  ).toEqual([]);
});
