import { readAtOnce } from "#db/at-once.ts";
import { transaction } from "#db/client.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { has, type StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { periodDays } from "#lib/kernel/days.ts";
import { readPolicy } from "#lib/policy/policy.ts";
import { deciders } from "./deciders.ts";
import { type Period, quarterOf } from "./period.ts";
import { outliers, spread } from "./spread.ts";

const mostApprovers = 7;
const mostAgents = 5;

/** Whose names a reader of the figures sees: figures on a person are for that person, their manager and compliance. */
export type Named = "everybody" | "own people" | "nobody";
export const namedFor = (actor: StaffActor): Named =>
  has(actor, "compliance") ? "everybody" : has(actor, "manager") ? "own people" : "nobody";

/**
 * Who of a period is far above their team and who decides for whom, for a page that the reader may see (`see_reviews`);
 * each look at names is an entry, before they are shown.
 */
export async function lookAtPeople(ctx: Ctx<StaffActor>, period: Period) {
  const { firstDay, lastDay } = period;
  const named = namedFor(ctx.actor);
  if (named === "nobody") return null;
  const approver = named === "everybody" ? null : ctx.actor.id;
  const kept = [firstDay, lastDay, quarterOf(period)] as const;
  const [teams, far, decided, policy] = await Promise.all([
    readAtOnce(ctx, spread.part(...kept)),
    readAtOnce(ctx, outliers.part(...kept)),
    readAtOnce(ctx, deciders.part(firstDay, lastDay, mostApprovers, mostAgents, approver, kept[2])),
    readPolicy(ctx),
  ]);
  const known = far
    .filter(({ managerId }) => named === "everybody" || managerId === ctx.actor.id)
    .map(({ managerId: _, ...one }) => one);
  const people = [
    ...known.map(({ staffId }) => staffId),
    ...decided.flatMap(({ approverId, pairs }) => [
      approverId,
      ...pairs.map(({ actorId }) => actorId),
    ]),
  ];
  if (people.length > 0) await recordLook(ctx, period, [...new Set(people)]);
  return { teams, outliers: known, deciders: decided, named, policy };
}
export type PeopleFigures = NonNullable<Awaited<ReturnType<typeof lookAtPeople>>>;

const recordLook = (ctx: Ctx<StaffActor>, { firstDay, lastDay }: Period, people: string[]) =>
  transaction(ctx.db, (tx) =>
    recordAudit(tx, ctx, {
      event: "figures.read",
      body: {
        what: `Looked at the figures of ${periodDays(firstDay, lastDay)}, in which ${people.length === 1 ? "one person is" : `${people.length} people are`} named`,
        period: `${firstDay} to ${lastDay}`,
        people,
      },
    }),
  );
