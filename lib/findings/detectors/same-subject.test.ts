import { expect, it } from "vitest";
import { access, factsOf, rulesOf, start } from "../testing.ts";
import { sameSubject } from "./same-subject.ts";

const rules = rulesOf({ sameSubject: 4 });
const dayMs = 86_400_000;
const first = Date.parse("2026-11-01T10:00:00Z");
const who = {
  subjectId: "01a20f34-9d2f-7282-a6ab-7a34d57a6100",
  accountId: "01a20f34-9d2f-7282-a6ab-7a34d57a6101",
};
/** Sessions so many days after the first; the last is what was just read. */
const on = (days: number[], over: Partial<Parameters<typeof access>[0]> = {}) => {
  const around = days.map((n) => access({ at: first + n * dayMs, ...who, ...over }));
  const last = around.at(-1);
  return factsOf({ around, starts: last ? [start(last)] : [] });
};

it("finds the fourth session within 30 days, not the third, nor one of another month", () => {
  expect(sameSubject.find(on([0, 1, 2]), rules)).toEqual([]);
  expect(sameSubject.find(on([0, 10, 20, 30]), rules)).toHaveLength(1);
  expect(sameSubject.find(on([0, 10, 20, 31]), rules)).toEqual([]);
});

it("counts neither what is explained nor going on to acting", () => {
  expect(sameSubject.find(on([0, 1, 2, 3], { explained: true }), rules)).toEqual([]);
  expect(sameSubject.find(on([0, 1, 2, 3], { isUpgrade: true }), rules)).toEqual([]);
});

it("finds nothing in what was there before and has nothing new", () => {
  expect(sameSubject.find({ ...on([0, 1, 2, 3]), starts: [] }, rules)).toEqual([]);
});

it("says whom, how often and when", () => {
  const [found] = sameSubject.find(on([0, 1, 2, 9]), rules);
  expect(found).toMatchObject(who);
  expect(found && sameSubject.words(found.evidence, "UTC")).toBe(
    "4 sessions as Jane Ashdown (Northwind) on 1–10 Nov, all without a ticket.",
  );
});
