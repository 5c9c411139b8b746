import { expect, it } from "vitest";
import type { Writing } from "../facts.ts";
import { access, factsOf, rulesOf } from "../testing.ts";
import { unusualWrites } from "./unusual-writes.ts";

const rules = rulesOf({ writesInASession: 20, exportsInASession: 2, timesTheUsual: 4 });
const at = Date.parse("2026-11-16T10:00:00Z");
const writing = (over: Partial<Writing>): Writing => ({
  ...access({ at, scope: "write" }),
  writes: 0,
  exports: 0,
  usual: { sessions: 10, writes: 3, exports: 0 },
  ...over,
});
const find = (over: Partial<Writing>) =>
  unusualWrites.find(factsOf({ writings: [writing(over)] }), rules);

it("finds what is above the floor and above the actor's usual", () => {
  expect(find({ writes: 20 })).toEqual([]);
  expect(find({ writes: 21 })).toHaveLength(1);
});

it("leaves somebody alone who always writes as much", () => {
  const usual = { sessions: 10, writes: 10, exports: 0 };
  expect(find({ writes: 40, usual })).toEqual([]);
  expect(find({ writes: 41, usual })).toHaveLength(1);
});

it("counts exports by themselves", () => {
  expect(find({ exports: 2 })).toEqual([]);
  expect(find({ exports: 3 })).toHaveLength(1);
  expect(find({ exports: 3, usual: { sessions: 9, writes: 0, exports: 1 } })).toEqual([]);
});

it("finds what is split over the sessions of a day", () => {
  const rulesOfDay = { ...rules, writesInADay: 50, exportsInADay: 3 };
  const split = (hours: number[], over: Partial<Writing>) =>
    unusualWrites.find(
      factsOf({ writings: hours.map((n) => writing({ at: at + n * 3_600_000, ...over })) }),
      rulesOfDay,
    );
  expect(split([0, 5], { writes: 20 })).toEqual([]);
  const [found, ...others] = split([0, 5, 24], { writes: 17 });
  expect(others).toEqual([]);
  expect(found && unusualWrites.words(found.evidence, "UTC")).toBe(
    "3 sessions on 16–17 Nov: 17 writes, many of them in a day, at Northwind; 17 writes, many of them in a day, at Northwind; 17 writes, many of them in a day, at Northwind; without a ticket.",
  );
  expect(split([0, 5, 25], { writes: 17 })).toEqual([]);
  expect(split([0, 1], { exports: 2 })).toHaveLength(1);
  expect(split([0, 1], { exports: 2, explained: true })).toEqual([]);
});

it("finds nothing that is explained", () => {
  expect(find({ writes: 400, explained: true })).toEqual([]);
});

it("says how many, and how many are usual", () => {
  const [found] = find({ writes: 34, exports: 3 });
  expect(found && unusualWrites.words(found.evidence, "UTC")).toBe(
    "1 session on 16 Nov: 34 writes, usually 3 and 3 exports, usually none, at Northwind; without a ticket.",
  );
});
