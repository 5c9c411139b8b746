import { expect, it } from "vitest";
import { factsOf, rulesOf, start } from "../testing.ts";
import { dormant } from "./dormant.ts";

const rules = rulesOf({ dormantDays: 60, unusedDays: 60, ticketlessTimes: 3 });
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

it("leaves a customer alone who has an open ticket, of whomever, or whom the actor helped", () => {
  const accountId = "01a20f34-9d2f-7282-a6ab-7a34d57a6101";
  const long = { subjectSeen: at - 90 * dayMs, accountId, ticket: "SUP-4821" };
  expect(words({ ...long, ticketThen: { accountId, isOpen: true } })).toBeNull();
  expect(words({ ...long, ticketThen: { accountId, isOpen: false } })).not.toBeNull();
  expect(words({ ...long, ticketThen: { accountId: "another", isOpen: true } })).not.toBeNull();
  expect(words({ ...long, helpedHere: true })).toBeNull();
});

it("finds access that wakes up whatever the customer has", () => {
  const accountId = "01a20f34-9d2f-7282-a6ab-7a34d57a6101";
  const woken = { usedBefore: at - 61 * dayMs, accountId, helpedHere: true };
  expect(words({ ...woken, ticketThen: { accountId, isOpen: true } })).toContain("for 61 days");
});

it("waits longer for a customer where the team works without tickets, not for access", () => {
  const find = (over: Partial<Parameters<typeof start>[0]>) =>
    dormant.find(factsOf({ starts: [start({ at, ...over })], isTicketless: () => true }), rules);
  expect(find({ subjectSeen: at - 179 * dayMs })).toEqual([]);
  expect(find({ subjectSeen: at - 180 * dayMs })).toHaveLength(1);
  expect(find({ usedBefore: at - 60 * dayMs })).toHaveLength(1);
});

it("finds nothing that is explained", () => {
  const long = { usedBefore: at - 90 * dayMs, subjectSeen: at - 90 * dayMs };
  expect(words({ ...long, explained: true })).toBeNull();
});
