import { byDay, type Make, workday } from "./occasions.ts";

/** Two who know each other: what one asks, the other lets through. */
export const collusion: Make = (desk) => {
  const { random: r } = desk;
  const actor = r.pick(
    desk.world.agents.filter((one) => one.managers.length > 1 && !desk.away.has(one)),
  );
  const friend = r.pick(actor.managers);
  // From now on the friend is asked, also for what is in order.
  for (const one of desk.visits)
    if (one.actor === actor && one.approver && r.next() < 0.95) one.approver = friend;
  const sensitive = desk.world.customers.filter(({ account }) => account.tier !== "standard");
  return Array.from({ length: 8 + r.int(16) }, () =>
    desk.visit({
      actor,
      customer: r.pick(sensitive),
      at: byDay(desk, actor),
      approver: friend,
      category: "configuration_check",
    }),
  );
};

/** A manager who says yes without reading. */
export const rubberStamp: Make = (desk) => {
  const { random: r } = desk;
  const approver = r.pick(desk.world.managers);
  const team = desk.world.agents.filter(({ managers }) => managers.includes(approver));
  const sensitive = desk.world.customers.filter(({ account }) => account.tier !== "standard");
  let day = workday(desk, 9);
  return Array.from({ length: 2 + r.int(8) }, () => {
    day += 1 + r.int(4);
    const actor = r.pick(team);
    return desk.visit({
      actor,
      customer: r.pick(sensitive),
      at: byDay(desk, actor, day),
      approver,
      decidedAfter: 2 + r.int(14),
      category: "onboarding",
    });
  });
};
