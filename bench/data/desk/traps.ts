import type { Desk } from "./desk.ts";
import { dayMs, firstDay, timeIn, weeks } from "./world.ts";

/** What looks unusual and is not: nothing here is in a case. */
export function traps(desk: Desk): void {
  const { world, random } = desk;
  const days = (count: number) =>
    Array.from({ length: count }, () => random.int(weeks * 5)).map(
      (n) => Math.floor(n / 5) * 7 + (n % 5),
    );
  // An outage: a dozen customers within the hour, most on tickets, some in the queue of nobody.
  for (const day of days(10)) {
    const actor = random.pick(world.agents);
    for (let n = 0; n < 12; n += 1) {
      const customer = random.pick(
        world.customers.filter(({ account }) => account.tier === "standard"),
      );
      const at = timeIn(actor.zone, day, 10 * 60 + n * 5);
      const assignee = random.next() < 0.7 ? actor.email : null;
      const ticket = desk.ticket({
        accountId: customer.account.id,
        assignee,
        openedAt: at - 600_000,
        closedAt: at + 7_200_000,
      });
      desk.visit({ actor, customer, at, ticket, category: "bug", minutes: 4, about: "an outage" });
    }
  }
  // Somebody new is helped for two weeks, and nobody opens a ticket for it.
  for (const actor of world.agents.filter(({ habit }) => habit === "onboarding"))
    for (const day of days(3)) {
      const customer = random.pick(world.customers);
      for (let n = 0; n < 3 + random.int(4); n += 1)
        desk.visit({
          actor,
          customer,
          at: timeIn(actor.zone, onWorkday(day + n * 2), 11 * 60 + random.int(300)),
          category: "onboarding",
          scope: "write",
          about: "onboarding for two weeks",
        });
    }
  // An alert at the weekend, before there is a ticket.
  for (const actor of world.agents.filter(({ habit }) => habit === "on_call"))
    for (const day of days(2)) {
      const at = timeIn(actor.zone, Math.floor(day / 7) * 7 + 5, 3 * 60 + random.int(18 * 60));
      desk.visit({
        actor,
        customer: random.pick(world.customers),
        at,
        category: "configuration_check",
        about: "an alert at the weekend",
      });
    }
  // A manager who sits beside says yes at once, now and then.
  for (const one of desk.visits)
    if (one.approver && random.next() < 0.01) one.decidedAfter = 3 + random.int(8);
  // Away for weeks, and back with tickets.
  for (const actor of world.agents.filter((_, n) => n % 20 === 7)) {
    const from = firstDay + 5 * dayMs;
    desk.stayAway(actor, from, from + 75 * dayMs);
  }
}

/** The Monday after, of a day at the weekend. */
const onWorkday = (day: number): number => (day % 7 < 5 ? day : Math.floor(day / 7) * 7 + 7);
