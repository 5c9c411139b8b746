import { expect, test } from "vitest";
import { initials } from "./initials.ts";

test.each([
  ["Jane Ashdown", "JA"],
  ["Jane van der Ashdowne-Tull", "JA"],
  ["Jāne Āšdauna", "JĀ"],
  ["Джейн Эшдаун", "ДЭ"],
  ["Ερατώ Δρυμαία", "ΕΔ"],
  ["杉本 みなえ", "杉本"],
  ["김서연", "김서"],
  ["سارة الحداد", "س"],
  ["आरती शर्मा", "आ"],
  ["Prince", "P"],
  ["“Nightly” export", "NE"],
  ["  ", "–"],
])("%s is %s", (name, expected) => {
  expect(initials(name)).toBe(expected);
});
