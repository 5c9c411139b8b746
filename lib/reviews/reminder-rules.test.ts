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
  open: 1,
  lateTasks: 0,
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

/** Every reminder of a review, a worker looking each quarter of an hour but while it is down. */
function remindersOf(more: Partial<ReminderFacts>, until: string, isDown = (_: string) => false) {
  const given: string[] = [];
  let lastDay: string | null = null;
  const to = Date.parse(until);
  const from = (more.openedAt ?? facts.openedAt).getTime();
  for (let time = from; time < to; time += 900_000) {
    const now = new Date(time);
    if (isDown(now.toISOString())) continue;
    const due = reminderDue({ ...facts, ...more, lastDay }, now);
    if (!due) continue;
    lastDay = due.day;
    given.push(`${now.toISOString().slice(0, 16)} ${due.kind}`);
  }
  return given;
}

test("a whole review over the change to winter time: each at nine where the reviewer is, one a day", () => {
  const berlin = { zone: "Europe/Berlin", openedAt: new Date("2026-10-01T22:00:05Z") };
  expect(
    remindersOf(berlin, "2026-11-03T00:00:00Z").map((one) => one.replace(/:\d\d /, " ")),
  ).toEqual([
    "2026-10-09T07 weekly",
    "2026-10-16T07 weekly",
    "2026-10-23T07 weekly",
    "2026-10-28T08 three_days",
    "2026-10-30T08 one_day",
    "2026-10-31T08 due",
    "2026-11-01T08 late",
    "2026-11-02T08 late",
  ]);
});

test("the same to summer time, for a reviewer on the other side of the world", () => {
  const auckland = {
    zone: "Pacific/Auckland",
    openedAt: new Date("2026-03-15T23:00:00Z"),
    dueDay: "2026-04-07",
  };
  // Auckland goes back on 5 April: nine o'clock is twenty by UTC the day before, and twenty-one from then on.
  expect(remindersOf(auckland, "2026-04-08T12:00:00Z")).toEqual([
    "2026-03-22T20:00 weekly",
    "2026-03-29T20:00 weekly",
    "2026-04-03T20:00 three_days",
    "2026-04-05T21:00 one_day",
    "2026-04-06T21:00 due",
    "2026-04-07T21:00 late",
  ]);
});

test("a worker that was down for days makes up for it once, with what the day is for", () => {
  const down = (from: string, to: string) => (now: string) => now >= from && now < to;
  expect(remindersOf({}, "2026-11-04T00:00:00Z", down("2026-10-27", "2026-10-29T15"))).toEqual([
    "2026-10-08T09:00 weekly",
    "2026-10-15T09:00 weekly",
    "2026-10-22T09:00 weekly",
    "2026-10-29T15:00 three_days",
    "2026-10-30T09:00 one_day",
    "2026-10-31T09:00 due",
    "2026-11-01T09:00 late",
    "2026-11-02T09:00 late",
    "2026-11-03T09:00 late",
  ]);
  const late = remindersOf({}, "2026-11-05T00:00:00Z", down("2026-10-30T12", "2026-11-02T12"));
  expect(late.slice(-4)).toEqual([
    "2026-10-30T09:00 one_day",
    "2026-11-02T12:00 late",
    "2026-11-03T09:00 late",
    "2026-11-04T09:00 late",
  ]);
});

test("of a late task daily, though nothing is left to decide, and of neither not at all", () => {
  const task = { open: 0, lateTasks: 2 };
  expect(at("2026-10-05", "09:00", task)).toBe("late");
  expect(at("2026-10-05", "08:59", task)).toBe(null);
  expect(at("2026-10-05", "12:00", { ...task, lastDay: "2026-10-05" })).toBe(null);
  expect(at("2026-10-31", "12:00", { ...task, open: 1 })).toBe("due");
  expect(at("2026-10-31", "12:00", { open: 0, lateTasks: 0 })).toBe(null);
});
