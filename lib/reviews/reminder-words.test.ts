import { expect, test } from "vitest";
import { reminderWords } from "./reminder-words.ts";

const one = { firstDay: "2026-07-01", lastDay: "2026-09-30", name: "Rita", able: true };
const words = (more: Partial<Parameters<typeof reminderWords>[0]>) =>
  reminderWords({ ...one, open: 0, lateTasks: 0, ...more }, "2026-10-31");

test("says to whom, of what, and until when", () => {
  expect(words({ open: 1 })).toBe(
    "Reminded Rita of 1 item due 31 October 2026 in the review of the third quarter 2026",
  );
  expect(words({ open: 3, lateTasks: 1 })).toContain(
    "of 3 items due 31 October 2026 and 1 task outside that is late in the review",
  );
  expect(words({ lateTasks: 2 })).toContain("of 2 tasks outside that are late in the review");
});

test("tells compliance what nobody can do", () => {
  expect(words({ open: 2, able: false })).toContain("who may not decide any more, has 2 items");
  expect(words({ lateTasks: 1, able: false })).toContain("who was deactivated, has 1 task");
  expect(words({ open: 2, name: null, able: false })).toContain(
    "Told compliance that nobody is there to see to 2 items",
  );
});
