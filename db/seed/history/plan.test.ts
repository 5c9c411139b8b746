import { describe, expect, it } from "vitest";
import type { Sensitivity, Tier } from "#lib/vocabulary.ts";
import { busyness, quarterOf, spanOf, timeAt } from "./calendar.ts";
import { type Colleague, rolesAt } from "./people.ts";
import { type Plan, planHistory } from "./plan.ts";
import type { Customer, Visit } from "./story.ts";

const tierOf = (n: number): Tier =>
  n % 9 === 4 ? "regulated" : n % 5 === 2 ? "enterprise" : "standard";

const customers: Customer[] = Array.from({ length: 800 }, (_, i) => {
  const account = {
    id: `a${i % 40}`,
    name: `Account ${i % 40}`,
    tier: tierOf(i % 40),
    openFor: [],
  };
  const [isVip, isOwner] = [i % 61 === 7, i < 40];
  const because: Sensitivity[] = [];
  if (account.tier !== "standard") because.push(account.tier);
  if (i % 40 === 11) because.push("opted_out");
  if (isVip) because.push("vip");
  if (isOwner) because.push("owner");
  const id = `u${String(i).padStart(3, "0")}`;
  const name = i === 77 ? "Corin Pell" : `Customer ${i}`;
  return {
    id,
    externalId: id,
    name,
    email: `${id}@customer.test`,
    isVip,
    isAsleep: false,
    because,
    account,
  };
});

const plans = ["2026-11-28", "2026-10-03", "2027-01-20", "2028-02-29"].map(
  (today) => [today, planHistory(today, customers, "seed")] as const,
);

describe.each(plans)("told on %s", (today, plan) => {
  const sessions = plan.stories.flatMap((story) =>
    story.visit ? [{ story, visit: story.visit }] : [],
  );

  it("is the same each time, and another by another seed", () => {
    expect(JSON.stringify(planHistory(today, customers, "seed"))).toBe(JSON.stringify(plan));
    expect(planHistory(today, customers, "other").stories[0]).not.toEqual(plan.stories[0]);
  });

  it("fills the older quarter, and the newer up to yesterday", () => {
    const { first, second, until } = plan.span;
    expect(until < today).toBe(true);
    const inFirst = sessions.filter(
      ({ visit }) => visit.startedAt < timeAt(second.firstDay, 0, "UTC"),
    );
    expect(inFirst.length).toBeGreaterThan(550);
    expect(sessions.length).toBeGreaterThan(inFirst.length);
    expect(plan.stories[0]?.askedAt.toISOString().slice(0, 7)).toBe(first.firstDay.slice(0, 7));
    const end = timeAt(today, 0, "UTC").getTime();
    for (const moment of momentsOf(plan)) expect(moment.getTime()).toBeLessThan(end);
  });

  it("lets nobody be in two sessions at once, nor past a limit of time", () => {
    for (const { id } of plan.colleagues) {
      const own = sessions.filter(({ story }) => story.actor === id).map(({ visit }) => visit);
      own.sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime());
      for (const [i, visit] of own.entries()) {
        expectWhole(visit);
        const before = own[i - 1];
        if (before) expect(before.endedAt.getTime()).toBeLessThan(visit.startedAt.getTime());
      }
    }
  });

  it("starts nothing sensitive without the yes of another who was a manager when it was asked", () => {
    const by = new Map(plan.colleagues.map((one) => [one.id, one]));
    for (const { story, visit } of sessions) {
      const { vote, customer, askedAt, actor } = story;
      expect(rolesAt(of(by, actor), visit.startedAt)).toContain("agent");
      expect(vote === null && story.glass === null).toBe(customer.because.length === 0);
      if (story.glass) {
        expect(story.glass.by).not.toBe(actor);
        expect(rolesAt(of(by, story.glass.by), askedAt)).toContain("manager");
        expect(story.glass.at.getTime() - visit.startedAt.getTime()).toBeLessThan(86_400_000);
      }
      if (!vote) continue;
      expect(vote.by).not.toBe(actor);
      expect(rolesAt(of(by, vote.by), askedAt)).toContain("manager");
      expect(rolesAt(of(by, vote.by), vote.at)).toContain("manager");
      expect(vote.minutes).toBeGreaterThanOrEqual(visit.minutes);
      const [asked, voted, begun] = [askedAt, vote.at, visit.startedAt].map((at) => at.getTime());
      expect([asked, voted, begun]).toEqual([asked, voted, begun].sort());
      expect((begun ?? 0) - (voted ?? 0)).toBeLessThan(30 * 60_000);
    }
  });

  it("keeps within the number of people that the policy allows", () => {
    for (const { id } of plan.colleagues) {
      const own = sessions.filter(({ story }) => story.actor === id);
      for (const { visit } of own) {
        const since = visit.startedAt.getTime() - 3_600_000;
        const within = own.filter(
          (one) => one.visit.startedAt.getTime() > since && one.visit.startedAt <= visit.startedAt,
        );
        expect(new Set(within.map(({ story }) => story.customer.id)).size).toBeLessThanOrEqual(15);
      }
    }
  });

  it("has everybody signed in for what they do, and gives each ticket to its own account", () => {
    const isIn = (who: string, at: Date) =>
      plan.signIns.some(
        (one) =>
          one.staffId === who && one.startedAt <= at && at <= (one.signedOutAt ?? one.lastActiveAt),
      );
    for (const { story, visit } of sessions) {
      expect(isIn(story.actor, visit.startedAt)).toBe(true);
      if (story.vote) expect(isIn(story.vote.by, story.vote.at)).toBe(true);
      if (!story.ticket) continue;
      expect(story.ticket.customer.account.id).toBe(story.customer.account.id);
      if (story.ticket.closedAt && !story.ticket.isStale)
        expect(story.ticket.closedAt.getTime()).toBeGreaterThan(visit.startedAt.getTime());
    }
  });

  it("has a team of five and more agents, somebody dormant, somebody gone, a role given and taken", () => {
    const isAgent = (one: Colleague) =>
      one.grants.some(({ role, until }) => role === "agent" && !until);
    for (const team of ["Support Europe", "Support Americas"])
      expect(
        plan.colleagues.filter((one) => one.team === team && isAgent(one) && !one.leftAt).length,
      ).toBeGreaterThan(4);
    expect(plan.colleagues.filter(({ leftAt }) => leftAt).map(({ name }) => name)).toEqual([
      "Pavo Tindalle",
    ]);
    const active = new Set(sessions.map(({ story }) => story.actor));
    expect(plan.colleagues.some((one) => isAgent(one) && !active.has(one.id))).toBe(true);
    for (const quarter of [plan.span.first, plan.span.second])
      expect(
        plan.colleagues
          .flatMap(({ grants }) => grants)
          .filter(
            ({ from, until }) =>
              until &&
              from >= timeAt(quarter.firstDay, 0, "UTC") &&
              until < timeAt(quarter.lastDay, 1440, "UTC"),
          ),
      ).toHaveLength(1);
  });
});

it("knows quarters, holidays and clock changes", () => {
  expect(quarterOf("2027-01-05", 1)).toEqual({ firstDay: "2026-10-01", lastDay: "2026-12-31" });
  expect(spanOf("2026-11-28").second).toEqual(quarterOf("2026-11-28"));
  expect(spanOf("2026-10-14").second).toEqual(quarterOf("2026-09-30"));
  expect(spanOf("2026-10-15").second).toEqual(quarterOf("2026-10-15"));
  expect(timeAt("2026-10-25", 150, "Europe/Berlin").toISOString()).toMatch(/^2026-10-25T0[01]:30/);
  expect(timeAt("2026-10-26", 540, "Europe/Berlin").toISOString()).toBe("2026-10-26T08:00:00.000Z");
  expect(busyness("2026-04-03")).toBeLessThan(0.1);
  expect(busyness("2026-11-28")).toBe(0);
});

function expectWhole({ startedAt, minutes, deeds, lastActiveAt, endedAt }: Visit) {
  let last = startedAt.getTime();
  for (const { after } of deeds) {
    const at = startedAt.getTime() + after * 1000;
    expect(at).toBeGreaterThanOrEqual(last);
    expect(at - last).toBeLessThan(600_000);
    last = at;
  }
  expect(last).toBeLessThanOrEqual(lastActiveAt.getTime() + 1);
  expect(lastActiveAt.getTime()).toBeLessThanOrEqual(endedAt.getTime());
  expect(endedAt.getTime()).toBeLessThanOrEqual(startedAt.getTime() + minutes * 60_000);
}

const momentsOf = ({ stories, signIns, tickets }: Plan): Date[] =>
  [
    ...stories.flatMap(({ askedAt, vote, closed, visit }) => [
      askedAt,
      vote?.at,
      closed?.at,
      visit?.endedAt,
    ]),
    ...signIns.flatMap(({ lastActiveAt, signedOutAt }) => [lastActiveAt, signedOutAt]),
    ...tickets.map(({ closedAt }) => closedAt),
  ].flatMap((at) => (at ? [at] : []));

function of(by: Map<string, Colleague>, id: string): Colleague {
  const found = by.get(id);
  if (!found) throw new Error("Not of the staff");
  return found;
}
