import { expect, it } from "vitest";
import { factsOf, rulesOf, start } from "../testing.ts";
import { vip } from "./vip.ts";

const at = Date.parse("2026-11-16T10:00:00Z");
const find = (over: Partial<Parameters<typeof start>[0]>) =>
  vip.find(factsOf({ starts: [start({ at, ...over })] }), rulesOf());

it("finds a VIP, and nobody else", () => {
  expect(find({ isVip: false })).toEqual([]);
  const [found] = find({ isVip: true });
  expect(found && vip.words(found.evidence, "UTC")).toBe(
    "1 session as Jane Ashdown, a VIP of Northwind, on 16 Nov, without a ticket.",
  );
});

it("finds nothing that is explained, that was read before, or disposed of", () => {
  expect(find({ isVip: true, explained: true })).toEqual([]);
  expect(find({ isVip: true, began: false })).toEqual([]);
  const facts = factsOf({ starts: [start({ at, isVip: true })], isDisposed: () => true });
  expect(vip.find(facts, rulesOf())).toEqual([]);
});
