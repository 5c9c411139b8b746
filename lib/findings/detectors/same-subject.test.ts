import { expect, it } from "vitest";
import { access, factsOf, rulesOf, start } from "../testing.ts";
import { sameSubject } from "./same-subject.ts";

const rules = rulesOf({ sameSubject: 4, sameAccount: 6 });
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

it("finds who comes more slowly than that, but goes on for months", () => {
  const every = (days: number) => Array.from({ length: 8 }, (_, n) => n * days);
  expect(sameSubject.find(on(every(12)), rules)).toHaveLength(1);
  expect(sameSubject.find(on(every(12).slice(1)), rules)).toEqual([]);
  expect(sameSubject.find(on(every(13)), rules)).toEqual([]);
});

it("finds who sees one account through one and another of its people", () => {
  const people = Array.from({ length: 3 }, (_, n) => `01a20f34-9d2f-7282-a6ab-7a34d57a620${n}`);
  const turns = (n: number) => {
    const around = Array.from({ length: n }, (_, i) =>
      access({ at: first + i * 5 * dayMs, ...who, subjectId: people[i % 3] ?? who.subjectId }),
    );
    const last = around.at(-1);
    return factsOf({ around, starts: last ? [start(last)] : [] });
  };
  expect(sameSubject.find(turns(5), rules)).toEqual([]);
  const [found, ...others] = sameSubject.find(turns(6), rules);
  expect(others).toEqual([]);
  expect(found).toMatchObject({ subjectId: null, accountId: who.accountId });
  expect(found && sameSubject.words(found.evidence, "UTC")).toBe(
    "6 sessions as 3 people of Northwind on 1–26 Nov, all without a ticket.",
  );
});

it("finds both, whichever comes first, but no account in one person alone", () => {
  const accounts = (jane: number, others: number) => {
    const around = Array.from({ length: jane + others }, (_, i) =>
      access({
        ...{ at: first + i * dayMs, accountId: who.accountId },
        ...(i < jane && { subjectId: who.subjectId }),
      }),
    );
    const last = around.at(-1);
    return sameSubject
      .find(factsOf({ around, starts: last ? [start(last)] : [] }), rules)
      .map(({ subjectId, evidence }) => [subjectId !== null, evidence.items.length]);
  };
  expect(accounts(9, 0)).toEqual([[true, 9]]);
  // Of Jane three count for the account, since four are a pattern of hers.
  expect(accounts(9, 2)).toEqual([[true, 9]]);
  expect(accounts(9, 3)).toEqual([
    [true, 9],
    [false, 12],
  ]);
  expect(accounts(3, 3)).toEqual([[false, 6]]);
});

it("takes acting for somebody new within a week for one occasion, not for weeks on end", () => {
  const onboarding = { isOnboarding: true, scope: "write" as const };
  expect(sameSubject.find(on([0, 1, 2, 3, 6, 6.9], onboarding), rules)).toEqual([]);
  expect(sameSubject.find(on([0, 7, 14, 21], onboarding), rules)).toHaveLength(1);
  // Looking under that reason is looking.
  expect(sameSubject.find(on([0, 1, 2, 3]), rules)).toHaveLength(1);
});

it("takes more where the whole team works without tickets", () => {
  const isTicketless = () => true;
  const days = Array.from({ length: 12 }, (_, n) => n);
  const find = (list: number[]) =>
    sameSubject.find({ ...on(list), isTicketless }, { ...rules, ticketlessTimes: 3 });
  expect(find(days.slice(1))).toEqual([]);
  expect(find(days)).toHaveLength(1);
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
