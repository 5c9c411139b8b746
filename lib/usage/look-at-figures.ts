import { transaction } from "#db/client.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { has, type StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { readPolicy } from "#lib/policy/policy.ts";
import { readCounting } from "./counting.ts";
import type { Period } from "./period.ts";
import { recentFigures } from "./recent-figures.ts";
import type { Outlier } from "./spread.ts";
import type { Totals } from "./weeks.ts";

/** Whose names a reader of the figures sees: figures on a person are for that person, their manager and compliance. */
export type Named = "everybody" | "own people" | "nobody";
const namedFor = (actor: StaffActor): Named =>
  has(actor, "compliance") ? "everybody" : has(actor, "manager") ? "own people" : "nobody";

/** The figures of a period, for a page that the reader may see (`see_reviews`); each look at names is an entry. */
export async function lookAtFigures(ctx: Ctx<StaffActor>, period: Period) {
  const { firstDay, lastDay } = period;
  const named = namedFor(ctx.actor);
  const approver = named === "everybody" ? null : ctx.actor.id;
  const [{ before, byWeek, now, then, byHour, teams, far, decided }, counting, policy] =
    await Promise.all([recentFigures(ctx, period, approver), readCounting(ctx), readPolicy(ctx)]);
  const deciders = named === "nobody" ? [] : decided;
  const known = far.map(({ managerId, ...one }): Outlier => {
    const isKnown = named === "everybody" || (named === "own people" && managerId === ctx.actor.id);
    return isKnown ? one : { ...one, staffId: null, name: null };
  });
  const people = [
    ...known.flatMap(({ staffId }) => staffId ?? []),
    ...deciders.flatMap(({ approverId, pairs }) => [
      approverId,
      ...pairs.map(({ actorId }) => actorId),
    ]),
  ];
  const about = `${firstDay} to ${lastDay}`;
  if (people.length > 0) await recordLook(ctx, about, [...new Set(people)]);
  return {
    period,
    before,
    weeks: byWeek,
    totals: now[0] ?? none,
    totalsBefore: then[0] ?? none,
    hours: byHour,
    teams,
    outliers: known,
    deciders,
    named,
    counting,
    policy,
  };
}
export type DashboardFigures = Awaited<ReturnType<typeof lookAtFigures>>;

const none: Totals = {
  sessions: 0,
  acting: 0,
  sensitive: 0,
  outside: 0,
  wrote: 0,
  ended: 0,
  seconds: 0,
  reads: 0,
  writes: 0,
  exports: 0,
  refusals: 0,
};

const recordLook = (ctx: Ctx<StaffActor>, period: string, people: string[]) =>
  transaction(ctx.db, (tx) =>
    recordAudit(tx, ctx, {
      event: "figures.read",
      body: {
        what: `Looked at the figures of ${period}, in which ${people.length === 1 ? "one person is" : `${people.length} people are`} named`,
        period,
        people,
      },
    }),
  );
