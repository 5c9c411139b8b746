import { expect, it } from "vitest";
import type { Evidence } from "./evidence.ts";
import { itemOf } from "./items.ts";
import { merged } from "./known.ts";
import { access } from "./testing.ts";

const at = Date.parse("2026-11-16T10:00:00Z");
const [one, two] = [access({ at }), access({ at: at - 60_000 })];
const evidence = (...items: Evidence["items"]): Evidence => ({ items, figures: {} });

it("adds what is new, in the order of time", () => {
  const grown = merged(evidence(itemOf(one)), evidence(itemOf(one), itemOf(two)));
  expect(grown?.items.map(({ id }) => id)).toEqual([two.id, one.id]);
});

it("has no news in what is known, or in one write more", () => {
  expect(merged(evidence(itemOf(one)), evidence(itemOf(one)))).toBeNull();
  const of = (count: number) => evidence(itemOf(one, { count }));
  expect(merged(of(22), of(32))).toBeNull();
  expect(merged(of(22), of(33))?.items).toMatchObject([{ count: 33 }]);
});
