import { anyone, byDay, type Make, workday } from "./occasions.ts";
import { dayMs } from "./world.ts";

/*
 * Misuse that a ticket of one's own covers: it is open, of that account, and theirs. Told in the degrees in which people
 * do it; some of it looks like work, and is found by nothing.
 */

/** A ticket that is kept open, to come back to somebody as often as one likes. */
export const keptOpen: Make = (desk, actor) => {
  const { random: r } = desk;
  const customer = anyone(desk);
  const day = workday(desk, 8);
  const from = byDay(desk, actor, day);
  const days = 14 + r.int(14);
  const ticket = desk.ticket({
    accountId: customer.account.id,
    assignee: actor.email,
    openedAt: from - 3_600_000,
    closedAt: from + (days + 2) * dayMs,
  });
  return Array.from({ length: 8 + r.int(18) }, () =>
    desk.visit({
      actor,
      customer,
      at: byDay(desk, actor, day + r.int(days)),
      ticket,
      category: "bug",
    }),
  );
};

/** One ticket, and under it everybody else of the account: who earns what there. */
export const roundTheAccount: Make = (desk, actor) => {
  const { random: r, world } = desk;
  const large = world.customers.filter(
    ({ account }, _, all) => all.filter((one) => one.account === account).length >= 8,
  );
  const { account } = r.pick(large);
  const people = world.customers.filter((one) => one.account === account);
  let at = byDay(desk, actor);
  const ticket = desk.ticket({
    accountId: account.id,
    assignee: actor.email,
    openedAt: at - 3_600_000,
    closedAt: at + 6 * 3_600_000,
  });
  return people.slice(0, 4 + r.int(8)).map((customer) => {
    at += (3 + r.int(15)) * 60_000;
    return desk.visit({ actor, customer, at, minutes: 2, ticket, category: "bug" });
  });
};

/** Whenever one wants to look at somebody, a ticket is made for it minutes before, and closed after. */
export const madeForIt: Make = (desk, actor) => {
  const { random: r } = desk;
  const customer = anyone(desk);
  let day = workday(desk, 7);
  return Array.from({ length: 3 + r.int(6) }, () => {
    day += 1 + r.int(6);
    const at = byDay(desk, actor, day);
    const ticket = desk.ticket({
      accountId: customer.account.id,
      assignee: actor.email,
      openedAt: at - (1 + r.int(4)) * 60_000,
      closedAt: at + (20 + r.int(60)) * 60_000,
    });
    return desk.visit({ actor, customer, at, ticket, category: "bug" });
  });
};

/** Once, under a ticket like any other: nothing in the log tells it from work. */
export const onlyOnce: Make = (desk, actor) => {
  const customer = anyone(desk);
  const at = byDay(desk, actor);
  const ticket = desk.ticket({
    accountId: customer.account.id,
    assignee: actor.email,
    openedAt: at - 3_600_000,
    closedAt: at + 3_600_000,
  });
  return [desk.visit({ actor, customer, at, ticket, category: "bug" })];
};
