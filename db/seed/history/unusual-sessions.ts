import { addDays, daysBetween, weekdayOf } from "./calendar.ts";
import type { Desk } from "./desk.ts";
import type { Random } from "./random.ts";
import type { Customer, Story } from "./story.ts";
import { type Told, tell } from "./tell.ts";
import { at, unexplained, type When } from "./unusual.ts";

export function manyAccounts(
  desk: Desk,
  { random }: When,
  name: string,
  day: string,
  minute: number,
  n: number,
): Story[] {
  const actor = desk.byName(name);
  return Array.from({ length: n }, (_, i): Story => {
    const moment = at(day, minute + i * (50 / n), actor);
    const told = { actor, at: moment, seconds: 90, cause: "actor", minutes: 15 } as const;
    // Three of them had asked for something.
    if (i % 4 === 3)
      return {
        ...tell(desk, { ...told, customer: ownOf(desk, actor, random), category: "bug" }, random),
        openedAt: null,
        askedAt: moment,
      };
    return unexplained(desk, { ...told, customer: desk.strangerTo(actor, random) }, random);
  }).map(brief);
}

/** Nothing is opened before, so that many fit into an hour. */

function brief(story: Story): Story {
  if (!story.visit || !story.openedAt) return story;
  const by = story.askedAt.getTime() - story.openedAt.getTime();
  const sooner = (moment: Date) => new Date(moment.getTime() - by);
  const { startedAt, lastActiveAt, endedAt } = story.visit;
  const visit = {
    ...story.visit,
    startedAt: sooner(startedAt),
    lastActiveAt: sooner(lastActiveAt),
    endedAt: sooner(endedAt),
  };
  return { ...story, openedAt: null, askedAt: sooner(story.askedAt), visit };
}

function ownOf(desk: Desk, actor: Told["actor"], random: Random): Customer {
  for (;;) {
    const one = desk.customerOf(actor, random);
    if (one.because.length === 0) return one;
  }
}

export const atOddHours = (
  desk: Desk,
  { random }: When,
  name: string,
  day: string,
  minute: number,
  n: number,
): Story[] =>
  Array.from({ length: n }, (_, i) => {
    const actor = desk.byName(name);
    return unexplained(
      desk,
      {
        actor,
        at: at(day, minute + i * 34, actor),
        customer: desk.strangerTo(actor, random),
        minutes: 15,
        cause: "actor",
      },
      random,
    );
  });

/** The same person over and over, within a month. */

export function again(desk: Desk, when: When, name: string, share: number, n: number): Story[] {
  const { random } = when;
  const actor = desk.byName(name);
  const customer = desk.strangerTo(actor, random);
  const last = when.day(share);
  const step = Math.max(1, Math.min(4, Math.floor(daysBetween(when.day(0), last) / n)));
  return Array.from({ length: n }, (_, i) => {
    const day = addDays(last, -i * step);
    const moment = at(addDays(day, weekdayOf(day) > 5 ? -2 : 0), 12 * 60 + 5 + i * 23, actor);
    return unexplained(desk, { actor, at: moment, customer, cause: "actor" }, random);
  });
}

export function namesake(desk: Desk, { random }: When, day: string): Story[] {
  const actor = desk.byName("Marit Pell");
  const customer = desk.customers.find(({ name }) => name.endsWith(" Pell"));
  if (!customer) return [];
  return [
    unexplained(
      desk,
      { actor, at: at(day, 12 * 60 + 20, actor), customer, cause: "actor", decidedAfter: 310 },
      random,
    ),
  ];
}

export function ofVip(desk: Desk, { random }: When, name: string, day: string): Story[] {
  const actor = desk.byName(name);
  const customer = desk.strangerTo(actor, random, ({ isVip }) => isVip);
  return [
    unexplained(
      desk,
      { actor, at: at(day, 12 * 60 + 15, actor), customer, cause: "actor", decidedAfter: 170 },
      random,
    ),
  ];
}

/** Under one ticket, everybody of the account. */
export function roundTheAccount(
  desk: Desk,
  { random }: When,
  name: string,
  day: string,
  n: number,
): Story[] {
  const actor = desk.byName(name);
  const plainOf = (account: Customer["account"]) =>
    desk.customers.filter((one) => one.account.id === account.id && one.because.length === 0);
  const { account } = desk.strangerTo(
    actor,
    random,
    (one) => one.because.length === 0 && plainOf(one.account).length >= n,
  );
  const people = plainOf(account).slice(0, n);
  const [first] = people;
  if (!first) return [];
  const from = at(day, 10 * 60 + 25, actor);
  const ticket = desk.newTicket(actor, first, "bug", from, random);
  return people.map((customer, i) =>
    brief(
      tell(
        desk,
        {
          actor,
          at: new Date(from.getTime() + i * 17 * 60_000),
          customer,
          ticket,
          category: "bug",
          minutes: 15,
          seconds: 200,
          cause: "actor",
        },
        random,
      ),
    ),
  );
}

export const awake = (desk: Desk, { random }: When, name: string, day: string): Story[] => {
  const actor = desk.byName(name);
  return [
    unexplained(
      desk,
      {
        actor,
        at: at(day, 10 * 60 + 40, actor),
        customer: desk.strangerTo(actor, random),
        cause: "actor",
      },
      random,
    ),
  ];
};
