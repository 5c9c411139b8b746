import type { Desk } from "./desk.ts";
import { type Agent, type Customer, dayMs, timeIn, weeks } from "./world.ts";

const minuteMs = 60_000;

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
  // Who sits at the telephone writes the ticket while the customer talks.
  const before = actor.habit === "phone" ? 1 + random.int(9) : 10 + random.int(2 * 24 * 60);
  const openedAt = at - before * minuteMs;
  const closedAt = at + 30 * minuteMs + random.int(6 * 3_600_000);
  const chance = random.next();
  const scope = random.next() < 0.22 ? "write" : "read";
  // The few who press save while looking, as everybody once does.
  const refusals = scope === "read" && random.next() < 0.01 ? 1 + random.int(6) : 0;
  const of = { actor, customer, at, scope, refusals } as const;
  const accountId = customer.account.id;
  if (!actor.hasTickets) {
    const ticket = chance < 0.9 ? `WAW-${1 + random.int(90_000)}` : null;
    desk.visit({
      ...of,
      ticket,
      category: ticket ? "bug" : "configuration_check",
      about: "a team without our tickets",
    });
  } else if (chance < 0.875) {
    const ticket = desk.ticket({ accountId, assignee: actor.email, openedAt, closedAt });
    const category = random.next() < 0.6 ? "bug" : "customer_asked";
    const big = actor.habit === "migrations" && random.next() < 0.2;
    desk.visit({
      ...of,
      ticket,
      category,
      about: "a ticket",
      ...(big ? { scope: "write", writes: 20 + random.int(80) } : {}),
    });
    if (random.next() < 0.35)
      desk.visit({
        ...of,
        ticket,
        category,
        about: "a ticket",
        refusals: 0,
        at: at + 25 * minuteMs,
      });
  } else if (chance < 0.915) {
    // A question in the chat, for which nobody opens a ticket.
    desk.visit({ ...of, category: "configuration_check", about: "a question in the chat" });
  } else if (chance < 0.945) {
    const mate = random.pick(desk.world.agents.filter(({ team }) => team === actor.team));
    const ticket = desk.ticket({ accountId, assignee: mate.email, openedAt, closedAt });
    desk.visit({ ...of, ticket, category: "bug", about: "a colleague’s ticket" });
  } else if (chance < 0.97) {
    const ticket = desk.ticket({ accountId, assignee: null, openedAt, closedAt });
    desk.visit({ ...of, ticket, category: "bug", about: "nobody’s ticket" });
  } else if (chance < 0.985) {
    // Looking once more whether it works, a little after the ticket was closed; or changing something on it.
    const ticket = desk.ticket({
      accountId,
      assignee: actor.email,
      openedAt: Math.min(openedAt, at - 9 * 3_600_000),
      closedAt: at - random.int(8 * 3_600_000),
    });
    const again = desk.visit({ ...of, ticket, category: "bug", about: "a ticket just closed" });
    if (scope === "write") desk.label("no_ticket", [again], "careless");
  } else {
    desk.visit({ ...of, category: "onboarding", about: "onboarding" });
  }
}

/** What one customer's move takes: weeks, under one ticket, as several of their people. */
export function projects(desk: Desk): void {
  const { world, random } = desk;
  for (const actor of world.agents.filter(({ habit }) => habit === "migrations")) {
    const day = random.int(weeks - 5) * 7;
    const first = random.pick(world.customers);
    const people = world.customers
      .filter(({ account }) => account === first.account)
      .slice(0, 1 + random.int(4));
    const from = timeIn(actor.zone, day, 8 * 60);
    const until = from + (10 + random.int(18)) * dayMs;
    const ticket = desk.ticket({
      accountId: first.account.id,
      assignee: actor.email,
      openedAt: from - dayMs,
      closedAt: until,
    });
    for (let n = 0; n < 5 + random.int(9); n += 1) {
      const offset = random.int(Math.floor((until - from) / dayMs / 7) * 5);
      const at = timeIn(
        actor.zone,
        day + Math.floor(offset / 5) * 7 + (offset % 5),
        9 * 60 + random.int(480),
      );
      desk.visit({
        actor,
        customer: random.pick(people),
        at,
        ticket,
        category: "customer_asked",
        scope: random.next() < 0.5 ? "write" : "read",
        about: "a move under one ticket",
      });
    }
  }
}
