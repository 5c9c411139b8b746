import { type Day, dayWords } from "#lib/kernel/days.ts";
import { periodInWords } from "./rules.ts";

type Told = {
  firstDay: Day;
  lastDay: Day;
  name: string | null;
  able: boolean;
  open: number;
  lateTasks: number;
};

/** The sentence of a reminder's entry. */
export function reminderWords(one: Told, dueDay: Day): string {
  const { name, able, open, lateTasks } = one;
  const period = periodInWords(one.firstDay, one.lastDay);
  const items = open > 0 && `${count(open, "item")} due ${dayWords(dueDay)}`;
  const tasks =
    lateTasks > 0 &&
    `${count(lateTasks, "task")} outside that ${lateTasks === 1 ? "is" : "are"} late`;
  const both = [items, tasks].filter(Boolean).join(" and ");
  const what = `${both} in the review of ${period}`;
  if (name === null) return `Told compliance that nobody is there to see to ${what}`;
  if (able) return `Reminded ${name} of ${what}`;
  return open > 0
    ? `Told compliance that ${name}, who may not decide any more, has ${what}: hand on`
    : `Told compliance that ${name}, who was deactivated, has ${what}: set it for somebody else, and except this one`;
}

const count = (n: number, thing: string): string => `${n} ${thing}${n === 1 ? "" : "s"}`;
