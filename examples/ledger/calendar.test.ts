import { expect, test } from "vitest";
import { addDays, nextDate } from "./calendar.ts";

test("the 31st is the last day of a shorter month, and the 31st again after it", () => {
  expect(nextDate("2027-01-31", "month", 31)).toBe("2027-02-28");
  expect(nextDate("2027-02-28", "month", 31)).toBe("2027-03-31");
  expect(nextDate("2028-02-29", "year", 29)).toBe("2029-02-28");
});

test("a quarter and a year go over the turn of the year", () => {
  expect(nextDate("2026-11-15", "quarter", 15)).toBe("2027-02-15");
  expect(nextDate("2026-12-01", "month", 1)).toBe("2027-01-01");
  expect(nextDate("2026-03-09", "year", 9)).toBe("2027-03-09");
  expect(addDays("2026-12-20", 30)).toBe("2027-01-19");
});
