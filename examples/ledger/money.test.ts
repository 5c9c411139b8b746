import { expect, test } from "vitest";
import { amount, parseAmount, totalCents } from "./money.ts";

test("amounts are grouped by thousands", () => {
  expect(amount(2941550)).toBe("29\u00a0415.50");
  expect(amount(-5)).toBe("−0.05");
  expect(amount(0)).toBe("0.00");
});

test.each([
  ["1 240.50", 124050],
  ["1240,5", 124050],
  ["7", 700],
  ["29\u00a0415.50", 2941550],
  ["", null],
  ["-3", null],
  ["1.234", null],
  ["1e3", null],
])("reads %s", (text, cents) => {
  expect(parseAmount(text)).toBe(cents);
});

test("VAT is rounded by line", () => {
  const line = { quantity: 1, price_cents: 105, vat: 21 };
  expect(totalCents([line, line])).toBe(254);
});
