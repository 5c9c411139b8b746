import type { Scope } from "#lib/vocabulary.ts";
import type { Desk } from "./desk.ts";
import type { Deed, Story } from "./story.ts";
import { tell } from "./tell.ts";
import { at, unexplained, type When } from "./unusual.ts";
import { refused, written } from "./visit.ts";

/** Long looking on a ticket that was closed two days before: longer ago than it explains anything. */
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
    new Date(moment.getTime() - 80 * 3_600_000),
    random,
  );
  ticket.closedAt = new Date(moment.getTime() - 44 * 3_600_000);
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
