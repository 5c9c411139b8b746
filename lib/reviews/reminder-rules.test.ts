import { expect, test } from "vitest";
import {
  daysBetween,
  lastDayBefore,
  localTime,
  type ReminderFacts,
  reminderDue,
} from "./reminder-rules.ts";

const facts = {
  dueDay: "2026-10-31",
  openedAt: new Date("2026-10-01T00:00:05Z"),
  zone: "UTC",
  lastDay: null,
};
const at = (day: string, hour = "10:00", more: Partial<ReminderFacts> = {}) =>
  reminderDue({ ...facts, ...more }, new Date(`${day}T${hour}:00Z`))?.kind ?? null;

test("weekly, three days, one day, on the day, then daily", () => {
  expect(at("2026-10-07")).toBe(null);
  expect(at("2026-10-08")).toBe("weekly");
  expect(at("2026-10-14", "10:00", { lastDay: "2026-10-08" })).toBe(null);
  expect(at("2026-10-15", "10:00", { lastDay: "2026-10-08" })).toBe("weekly");
  expect(at("2026-10-28", "10:00", { lastDay: "2026-10-22" })).toBe("three_days");
  expect(at("2026-10-29", "10:00", { lastDay: "2026-10-28" })).toBe(null);
  expect(at("2026-10-30", "10:00", { lastDay: "2026-10-28" })).toBe("one_day");
  expect(at("2026-10-31", "10:00", { lastDay: "2026-10-30" })).toBe("due");
  expect(at("2026-11-01", "10:00", { lastDay: "2026-10-31" })).toBe("late");
  expect(at("2026-11-02", "10:00", { lastDay: "2026-11-01" })).toBe("late");
});

test("at nine and not before, and once a day", () => {
  expect(at("2026-10-31", "08:59")).toBe(null);
  expect(at("2026-10-31", "09:00")).toBe("due");
  expect(at("2026-10-31", "23:00", { lastDay: "2026-10-31" })).toBe(null);
});

test("by the reviewer's clock, also where it changes", () => {
  // Berlin goes back on 25 October: nine o'clock is seven by UTC the day before, and eight from then on.
  const berlin = { zone: "Europe/Berlin", openedAt: new Date("2026-10-17T22:30:00Z") };
  expect(localTime(berlin.openedAt, berlin.zone)).toEqual({ day: "2026-10-18", hour: 0 });
  expect(at("2026-10-25", "07:59", berlin)).toBe(null);
  expect(at("2026-10-25", "08:00", berlin)).toBe("weekly");
  expect(at("2026-10-24", "07:00", { ...berlin, dueDay: "2026-10-24" })).toBe("due");
  // In Auckland it is the next day already.
  expect(at("2026-10-30", "21:00", { zone: "Pacific/Auckland", lastDay: "2026-10-30" })).toBe(
    "due",
  );
});

test("a day has 23 or 25 hours and is one day", () => {
  expect(daysBetween("2026-10-24", "2026-10-26")).toBe(2);
  expect(lastDayBefore(new Date("2026-10-25T23:00:00Z"), "Europe/Berlin")).toBe("2026-10-25");
  expect(lastDayBefore(new Date("2026-03-29T22:00:00Z"), "Europe/Berlin")).toBe("2026-03-29");
});
