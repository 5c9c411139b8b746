import { expect, it } from "vitest";
import { access, factsOf, rulesOf, start } from "../testing.ts";
import { manyAccounts } from "./many-accounts.ts";

const rules = rulesOf({ accountsInAnHour: 4, accountsInADay: 7 });
const at = Date.parse("2026-11-14T21:10:00Z");
const minutes = (n: number) => at + n * 60_000;
const sessions = (...times: number[]) => times.map((n) => start({ at: minutes(n) }));

it("finds as many accounts as the policy says within an hour, not one fewer", () => {
  expect(manyAccounts.find(factsOf({ starts: sessions(0, 20, 60) }), rules)).toEqual([]);
  const [found, ...others] = manyAccounts.find(factsOf({ starts: sessions(0, 20, 40, 60) }), rules);
  expect(others).toEqual([]);
  expect(found?.evidence.items).toHaveLength(4);
});

it("does not add up what is more than an hour apart", () => {
  expect(manyAccounts.find(factsOf({ starts: sessions(0, 20, 40, 61) }), rules)).toEqual([]);
});

it("does not mind where the clock's hour begins: three before it and three after are six", () => {
  const [found] = manyAccounts.find(
    factsOf({ starts: sessions(35, 40, 45, 55, 60, 65) }),
    rulesOf({ accountsInAnHour: 6 }),
  );
  expect(found?.evidence.items).toHaveLength(6);
});

it("finds who stays under the hour's number all day, not who does for less", () => {
  const slowly = [0, 30, 60, 150, 180, 210].map((n) => n * 1.5);
  expect(manyAccounts.find(factsOf({ starts: sessions(...slowly) }), rules)).toEqual([]);
  const [found, ...others] = manyAccounts.find(
    factsOf({ starts: sessions(...slowly, 1440) }),
    rules,
  );
  expect(others).toEqual([]);
  expect(found && manyAccounts.words(found.evidence, "Europe/Berlin")).toBe(
    "7 accounts on 14 Nov, 22:10, to 15 Nov, 22:10; for none was there a ticket.",
  );
  expect(manyAccounts.find(factsOf({ starts: sessions(...slowly, 1441) }), rules)).toEqual([]);
});

it("finds a burst beside a slow day, read at once or not", () => {
  const slowly = [0, 90, 180, 270, 360, 450, 540];
  const burst = [3000, 3010, 3020, 3030];
  const [found, ...others] = manyAccounts.find(
    factsOf({ starts: sessions(...slowly, 2000, ...burst) }),
    rules,
  );
  expect(others).toEqual([]);
  expect(found?.evidence.items).toHaveLength(slowly.length + burst.length);
  expect(found && manyAccounts.words(found.evidence, "UTC")).toBe(
    "7 accounts on 14 Nov, 21:10, to 15 Nov, 06:10; for none was there a ticket. 4 accounts on 16 Nov, 23:10–23:40; for none was there a ticket.",
  );
});

it("leaves what was long ago, and whom nothing new is about, alone", () => {
  const old = sessions(0, 10, 20, 30);
  const now = sessions(3 * 1440);
  expect(manyAccounts.find(factsOf({ around: [...old, ...now], starts: now }), rules)).toEqual([]);
  expect(manyAccounts.find(factsOf({ around: old, starts: [] }), rules)).toEqual([]);
});

it("counts an account once, and each actor alone", () => {
  const [first, ...rest] = sessions(0, 10, 20, 30);
  const same = rest.map((one) => ({ ...one, accountId: first?.accountId ?? "" }));
  expect(
    manyAccounts.find(factsOf({ starts: [...(first ? [first] : []), ...same] }), rules),
  ).toEqual([]);
  const others = sessions(0, 10, 20, 30).map((one, i) =>
    i < 2 ? one : { ...one, actorId: "01a20f34-9d2f-7282-a6ab-7a34d57a6199" },
  );
  expect(manyAccounts.find(factsOf({ starts: others }), rules)).toEqual([]);
});

it("counts nothing that is explained, or that somebody disposed of", () => {
  const four = sessions(0, 10, 20, 30);
  const explained = four.map((one, i) => ({ ...one, explained: i === 0 }));
  expect(manyAccounts.find(factsOf({ starts: explained }), rules)).toEqual([]);
  const isDisposed = (_: string, id: string) => id === four[1]?.id;
  expect(manyAccounts.find(factsOf({ starts: four, isDisposed }), rules)).toEqual([]);
});

it("says how many there were, when in the actor's zone, and for how many there was no ticket", () => {
  const around = [...sessions(0, 10, 20, 54), access({ at: minutes(30), explained: true })];
  const [found] = manyAccounts.find(factsOf({ around, starts: sessions(54) }), rules);
  expect(found && manyAccounts.words(found.evidence, "Europe/Berlin")).toBe(
    "5 accounts on 14 Nov, 22:10–23:04; for 4 there was no ticket.",
  );
});
