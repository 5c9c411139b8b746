import type { Scope } from "#lib/vocabulary.ts";
import { addDays, daysBetween, weekdayOf } from "./calendar.ts";
import type { Desk } from "./desk.ts";
import type { Random } from "./random.ts";
import type { Customer, Deed, Story } from "./story.ts";
import { type Told, tell } from "./tell.ts";
import { at, unexplained, type When } from "./unusual.ts";
import { refused, written } from "./visit.ts";

/** A session that nothing explains: nobody asked, and no ticket says so. */

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

/** Long looking on a ticket that was closed the day before. */

export function onClosedTicket(
  desk: Desk,
  { random }: When,
  name: string,
  day: string,
  minute: number,
): Story[] {
  const actor = desk.byName(name);
  const customer = desk.strangerTo(
    actor,
    random,
    ({ because }) => because.length === 1 && because[0] === "regulated",
  );
  const moment = at(day, minute, actor);
  const ticket = desk.newTicket(
    actor,
    customer,
    "bug",
    new Date(moment.getTime() - 50 * 3_600_000),
    random,
  );
  ticket.closedAt = new Date(moment.getTime() - 20 * 3_600_000);
  ticket.isStale = true;
  const deeds = Array.from(
    { length: 8 },
    (_, i): Deed => ({
      ...{
        after: 4 + i * 390,
        phase: "view",
        method: "GET",
        route: "/clients/:id",
        effect: "view",
      },
      kinds: ["client", "invoice", "message"],
    }),
  );
  return [
    tell(
      desk,
      {
        actor,
        at: moment,
        customer,
        ticket,
        category: "bug",
        minutes: 60,
        cause: "actor",
        deeds,
        isApproved: true,
        decidedAfter: 240,
      },
      random,
    ),
  ];
}

export function manyWrites(
  desk: Desk,
  { random }: When,
  name: string,
  day: string,
  n: number,
): Story[] {
  const actor = desk.byName(name);
  const customer = desk.strangerTo(actor, random);
  const deeds = Array.from({ length: n }, (_, i) => written(20 + i * 31, random));
  const told = {
    actor,
    at: at(day, 12 * 60 + 10, actor),
    customer,
    category: "onboarding",
    minutes: 30,
  } as const;
  const scope: Scope = "write";
  return [
    unexplained(
      desk,
      {
        ...told,
        scope,
        deeds,
        cause: "actor",
        reason: "Entering last month’s invoices with them.",
      },
      random,
    ),
  ];
}

/** Marit Pell, and a customer of that name. */

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

export function refusedOften(desk: Desk, { random }: When, name: string, day: string): Story[] {
  const actor = desk.byName(name);
  const seen: Deed = {
    after: 3,
    phase: "view",
    method: "GET",
    route: "/invoices",
    effect: "view",
    kinds: ["invoice", "client"],
  };
  const deeds = [seen, ...Array.from({ length: 6 }, (_, i) => refused(22 + i * 19, random))];
  return [
    unexplained(
      desk,
      {
        actor,
        at: at(day, 12 * 60 + 12, actor),
        customer: desk.strangerTo(actor, random),
        deeds,
        cause: "actor",
      },
      random,
    ),
  ];
}

/** Access that was not used for months. */

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
