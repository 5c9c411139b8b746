import { expect, it } from "vitest";
import { heldOnTop } from "./held-on-top.ts";

const held = (known: string, now: string) => {
  const { shown, fresh } = heldOnTop([...known], [...now]);
  return `${fresh.join("")}|${shown.join("")}`;
};

it("holds back what comes in on top, and nothing else", () => {
  expect(held("abc", "abc")).toBe("|abc");
  expect(held("abc", "xyabc")).toBe("xy|abc");
  // Read here, or in another tab.
  expect(held("abc", "ac")).toBe("|ac");
  expect(held("abc", "xac")).toBe("x|ac");
  // The page is filled up from below.
  expect(held("abc", "bcd")).toBe("|bcd");
  expect(held("abc", "xbcd")).toBe("x|bcd");
});

it("shows all where nothing of before is left to jump", () => {
  expect(held("", "xy")).toBe("|xy");
  expect(held("abc", "xy")).toBe("|xy");
  expect(held("abc", "")).toBe("|");
});
