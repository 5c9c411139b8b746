import { expect, test } from "vitest";
import { hourMap } from "./hour-map.ts";

test("an hour with sessions outside working hours is a link, with their number; the others are not", () => {
  const cell = { weekday: 1, value: 9, href: "/sessions?hour=3&weekday=1", label: "Mondays" };
  const { text } = hourMap({
    id: "hours",
    alt: "By hour",
    cells: [
      { ...cell, hour: 3, outside: 2 },
      { ...cell, hour: 12, outside: 0 },
    ],
    inside: { from: 8, to: 18, days: [1, 2, 3, 4, 5] },
  });
  expect(text.match(/<a /g)).toHaveLength(1);
  expect(text).toContain("<a href='/sessions?hour=3&#38;weekday=1' aria-label='Mondays'");
  expect(text).toMatch(/<text class='c on'[^>]*>2<\/text><\/a>/);
});
