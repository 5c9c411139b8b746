import type { Desk } from "./desk.ts";
import { anyone, byDay, type Make, workday } from "./occasions.ts";
import { dayMs, firstDay, timeIn } from "./world.ts";
import { collusion, rubberStamp } from "./wrong-approvals.ts";
import { keptOpen, madeForIt, onlyOnce, roundTheAccount } from "./wrong-under-a-ticket.ts";

/**
 * What people do who look where they have no business, told as they do it, in all its degrees: some stops short of what
 * anybody would notice. Each is a case; which detector finds it is not asked here.
 */
export function wrongs(desk: Desk): void {
  for (const [kind, count, make] of kinds)
    for (let n = 0; n < count; n += 1) {
      const list = make(
        desk,
        desk.random.pick(desk.world.agents.filter((actor) => !desk.away.has(actor))),
      );
      if (list.length > 0) desk.label(kind, list);
    }
}

/** Through the customers, one after the other, out of curiosity. */
const browsing: Make = (desk, actor) => {
  const { random: r } = desk;
  let at = byDay(desk, actor);
  return Array.from({ length: 5 + r.int(16) }, () => {
    at += (2 + r.int(7)) * 60_000;
    return desk.visit({
      actor,
      customer: anyone(desk),
      at,
      minutes: 2 + r.int(4),
      category: "configuration_check",
    });
  });
};

const byNight: Make = (desk, actor) => {
  const { random: r } = desk;
  const day = workday(desk);
  const late = r.next() < 0.7 ? 20 * 60 + r.int(4 * 60) : 2 * 60 + r.int(3 * 60);
  return Array.from({ length: 1 + r.int(3) }, (_, n) =>
    desk.visit({
      actor,
      customer: anyone(desk),
      at: timeIn(actor.zone, day, late + n * 11),
      category: "configuration_check",
    }),
  );
};

/** Somebody whom one cannot leave alone: an old friend, an ex. */
const fixation: Make = (desk, actor) => {
  const { random: r } = desk;
  const customer = desk.random.pick(
    desk.world.customers.filter(({ account }) => account.tier === "standard"),
  );
  let day = workday(desk, 6);
  return Array.from({ length: 3 + r.int(6) }, () => {
    day += 1 + r.int(8);
    return desk.visit({
      actor,
      customer,
      at: byDay(desk, actor, day),
      category: "configuration_check",
    });
  });
};

/** Under the name of a ticket that was over long ago, or that never was. */
const pretext: Make = (desk, actor) => {
  const customer = anyone(desk);
  const at = byDay(desk, actor);
  const openedAt = at - 40 * dayMs;
  const ticket =
    desk.random.next() < 0.6
      ? desk.ticket({
          accountId: customer.account.id,
          assignee: actor.email,
          openedAt,
          closedAt: openedAt + dayMs,
        })
      : `SUP-${900_000 + desk.random.int(90_000)}`;
  return [desk.visit({ actor, customer, at, ticket, category: "bug" })];
};

const harvest: Make = (desk, actor) => {
  const { random: r } = desk;
  const takesOut = r.next() < 0.5;
  const writes = takesOut ? r.int(4) : 12 + r.int(100);
  const exports = takesOut ? 2 + r.int(12) : 0;
  return [
    desk.visit({
      actor,
      customer: anyone(desk),
      at: byDay(desk, actor),
      scope: "write",
      writes,
      exports,
      category: "onboarding",
    }),
  ];
};

/** Family: somebody of one's own name, whom the directory may well have. */
const relative: Make = (desk, actor) => {
  const base = anyone(desk);
  const surname = actor.name.split(" ").at(-1);
  base.name = `${base.name.split(" ").at(0)} ${surname}`;
  return [
    desk.visit({ actor, customer: base, at: byDay(desk, actor), category: "configuration_check" }),
  ];
};

/** A contractor who looks at a colleague of their own firm, which is a customer too. */
const ownFirm: Make = (desk) => {
  const contractors = desk.world.agents.filter(({ email }) => email.includes("partners"));
  const actor = desk.random.pick(contractors);
  const customer = anyone(desk);
  customer.email = `${customer.id.slice(0, 8)}@${actor.email.split("@").at(1)}`;
  return [desk.visit({ actor, customer, at: byDay(desk, actor), category: "configuration_check" })];
};

const celebrity: Make = (desk, actor) => {
  const customer = desk.random.pick(desk.world.customers.filter(({ isVip }) => isVip));
  return [desk.visit({ actor, customer, at: byDay(desk, actor), category: "configuration_check" })];
};

/** Trying the handles. */
const probing: Make = (desk, actor) => {
  const { random: r } = desk;
  let at = byDay(desk, actor);
  if (r.next() < 0.5)
    return [
      desk.visit({
        actor,
        customer: anyone(desk),
        at,
        minutes: 30,
        refusals: 3 + r.int(12),
        category: "configuration_check",
      }),
    ];
  return Array.from({ length: 3 + r.int(12) }, () => {
    at += (1 + r.int(9)) * 60_000;
    return desk.refused(
      actor,
      anyone(desk),
      at,
      r.next() < 0.5 ? "account_closed" : "subject_not_impersonable",
    );
  });
};

/** Away for weeks, and then this. */
const sleeper: Make = (desk, actor) => {
  const { random: r } = desk;
  const at = byDay(desk, actor, 84 + r.int(5));
  desk.away.add(actor);
  desk.stayAway(actor, at - (35 + r.int(50)) * dayMs, at + dayMs);
  return [
    desk.visit({
      actor,
      customer: anyone(desk),
      at: Math.max(at, firstDay),
      category: "configuration_check",
    }),
  ];
};

/** A customer who left months ago: nobody there will notice. */
const abandoned: Make = (desk, actor) => {
  const customer = anyone(desk);
  const at = byDay(desk, actor);
  customer.seen = at - (50 + desk.random.int(200)) * dayMs;
  return [desk.visit({ actor, customer, at, category: "configuration_check" })];
};

const kinds: [string, number, Make][] = [
  // First what takes work of others away or moves it, so that nothing of a case is lost.
  ["dormant", 6, sleeper],
  ["same_pair", 5, collusion],
  ["many_accounts", 12, browsing],
  ["outside_hours", 16, byNight],
  ["same_subject", 12, fixation],
  ["no_ticket", 14, pretext],
  ["unusual_writes", 12, harvest],
  ["near_to_actor", 10, relative],
  ["near_to_actor", 4, ownFirm],
  ["vip", 10, celebrity],
  ["quick_approval", 6, rubberStamp],
  ["refusals", 10, probing],
  ["dormant", 8, abandoned],
  ["beyond_ticket", 6, keptOpen],
  ["beyond_ticket", 6, roundTheAccount],
  ["beyond_ticket", 6, madeForIt],
  ["none", 8, onlyOnce],
];
