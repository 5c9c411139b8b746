import type { Desk } from "./desk.ts";
import { type Agent, type Customer, dayMs, firstDay, timeIn, weeks } from "./world.ts";

/** Thirteen weeks of ordinary work. Seven of eight sessions are on a ticket of the agent's own; the rest has its reasons too. */
export function work(desk: Desk): void {
  const { world, random } = desk;
  for (const actor of world.agents) {
    // Whom one has helped before one helps again.
    const known = Array.from({ length: 60 }, () => random.pick(world.customers));
    for (let day = 0; day < weeks * 7; day += 1) {
      const weekend = day % 7 >= 5;
      const there = weekend
        ? actor.habit === "on_call" && random.next() < 0.5
        : random.next() < 0.9;
      if (!there) continue;
      const jobs = weekend ? 1 + random.int(2) : 1 + random.int(5);
      for (let n = 0; n < jobs; n += 1) job(desk, actor, random.pick(known), day);
    }
  }
}

const minuteOf = ({ habit }: Agent, { random }: Desk): number =>
  habit === "night" ? 22 * 60 + random.int(8 * 60) : 8 * 60 + 15 + random.int(10 * 60);

/** One ticket, and the sessions that it takes. */
function job(desk: Desk, actor: Agent, customer: Customer, day: number): void {
  const { random } = desk;
  const at = timeIn(actor.zone, day, minuteOf(actor, desk));
  const openedAt = at - 10 * 60_000 - random.int(2 * dayMs);
  const closedAt = at + 30 * 60_000 + random.int(6 * 3_600_000);
  const chance = random.next();
  const scope = random.next() < 0.22 ? "write" : "read";
  // The few who press save while looking, as everybody once does.
  const refusals = scope === "read" && random.next() < 0.01 ? 1 + random.int(6) : 0;
  const of = { actor, customer, at, scope, refusals } as const;
  const accountId = customer.account.id;
  if (chance < 0.875) {
    const ticket = desk.ticket({ accountId, assignee: actor.email, openedAt, closedAt });
    const category = random.next() < 0.6 ? "bug" : "customer_asked";
    const big = actor.habit === "migrations" && random.next() < 0.2;
    desk.visit({
      ...of,
      ticket,
      category,
      ...(big ? { scope: "write", writes: 20 + random.int(80) } : {}),
    });
    if (random.next() < 0.35)
      desk.visit({ ...of, ticket, category, refusals: 0, at: at + 25 * 60_000 });
  } else if (chance < 0.915) {
    // A question in the chat, for which nobody opens a ticket.
    desk.visit({ ...of, category: "configuration_check" });
  } else if (chance < 0.945) {
    const mate = random.pick(desk.world.agents.filter(({ team }) => team === actor.team));
    const ticket = desk.ticket({ accountId, assignee: mate.email, openedAt, closedAt });
    desk.visit({ ...of, ticket, category: "bug" });
  } else if (chance < 0.97) {
    const ticket = desk.ticket({ accountId, assignee: null, openedAt, closedAt });
    desk.visit({ ...of, ticket, category: "bug" });
  } else if (chance < 0.985) {
    // Looking once more whether it works, a little after the ticket was closed.
    const ticket = desk.ticket({
      accountId,
      assignee: actor.email,
      openedAt,
      closedAt: at - random.int(8 * 3_600_000),
    });
    desk.visit({ ...of, ticket, category: "bug" });
  } else {
    desk.visit({ ...of, category: "onboarding" });
  }
}

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
      desk.visit({ actor, customer, at, ticket, category: "bug", minutes: 4 });
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
          at: timeIn(actor.zone, day + n * 2, 11 * 60 + random.int(300)),
          category: "onboarding",
          scope: "write",
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
