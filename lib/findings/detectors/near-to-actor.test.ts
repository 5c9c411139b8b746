import { expect, it } from "vitest";
import type { Near } from "../facts.ts";
import { factsOf, rulesOf, start } from "../testing.ts";
import { nearToActor } from "./near-to-actor.ts";

const rules = rulesOf({ namesakes: 3, namesakeShare: 0.0002 });
const at = Date.parse("2026-11-16T10:00:00Z");
const find = (near: Near | null, over: Partial<Parameters<typeof start>[0]> = {}) =>
  nearToActor.find(factsOf({ starts: [start({ at, near, ...over })] }), rules);
const surname = (people: number, of: number): Near => ({
  by: "surname",
  what: "ashdown",
  people,
  of,
});

it("finds a namesake only where the name is not a common one", () => {
  expect(find(surname(3, 400))).toHaveLength(1);
  expect(find(surname(4, 400))).toEqual([]);
  expect(find(surname(200, 1_000_000))).toHaveLength(1);
  expect(find(surname(201, 1_000_000))).toEqual([]);
});

it("finds who has the actor's whole name, unless many have it", () => {
  expect(find({ by: "name", what: "ana smith", people: 1, of: 400 })).toHaveLength(1);
  expect(find({ by: "name", what: "ana smith", people: 9, of: 400 })).toEqual([]);
});

it("finds who has mail at the actor's own domain", () => {
  expect(find({ by: "domain", what: "ruiz.example" })).toHaveLength(1);
});

it("finds nothing that is explained, or where nothing is near", () => {
  expect(find(surname(1, 400), { explained: true })).toEqual([]);
  expect(find(null)).toEqual([]);
});

it("says what is near", () => {
  const [found] = find(surname(2, 48_000));
  expect(found && nearToActor.words(found.evidence, "UTC")).toBe(
    "1 session as Jane Ashdown (Northwind) on 16 Nov, without a ticket: they have the actor’s surname, which 2 customers have.",
  );
});
