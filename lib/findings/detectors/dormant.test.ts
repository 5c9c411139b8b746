import { expect, it } from "vitest";
import { factsOf, rulesOf, start } from "../testing.ts";
import { dormant } from "./dormant.ts";

const rules = rulesOf({ dormantDays: 60 });
const dayMs = 86_400_000;
const at = Date.parse("2026-11-16T10:00:00Z");
const words = (over: Partial<Parameters<typeof start>[0]>) => {
  const [found, ...others] = dormant.find(factsOf({ starts: [start({ at, ...over })] }), rules);
  expect(others).toEqual([]);
  return found ? dormant.words(found.evidence, "UTC") : null;
};

it("finds access that was not used for 60 days, not 59", () => {
  expect(words({ usedBefore: null })).toBeNull();
  expect(words({ usedBefore: at - 60 * dayMs + 1 })).toBeNull();
  expect(words({ usedBefore: at - 60 * dayMs })).toBe(
    "1 session on 16 Nov, without a ticket: this access was not used for 60 days, at Northwind.",
  );
});

it("finds a customer who was not seen for as long, but not one who never was", () => {
  expect(words({ subjectSeen: null })).toBeNull();
  expect(words({ subjectSeen: at - 59 * dayMs })).toBeNull();
  expect(words({ subjectSeen: at - 103 * dayMs })).toBe(
    "1 session on 16 Nov, without a ticket: Jane Ashdown had not signed in for 103 days, at Northwind.",
  );
});

it("finds nothing that is explained", () => {
  const long = { usedBefore: at - 90 * dayMs, subjectSeen: at - 90 * dayMs };
  expect(words({ ...long, explained: true })).toBeNull();
});
