import { readAtOnce } from "#db/at-once.ts";
import type { Actor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { approvals, approvers } from "./approvals.ts";
import { hours } from "./hours.ts";
import { type Period, periodBefore, quarterOf } from "./period.ts";
import { outliers, spread } from "./spread.ts";
import { type Totals, totals, weeks } from "./weeks.ts";

/** The figures of a period in which nobody is named: what everybody sees who may see its review. */
export async function readFigures(ctx: Ctx<Actor>, period: Period) {
  const { firstDay, lastDay } = period;
  const before = periodBefore(period);
  const kept = [firstDay, lastDay, quarterOf(period)] as const;
  const [byWeek, now, then, byHour, teams, far, decided, byApprover] = await Promise.all([
    readAtOnce(ctx, weeks.part(firstDay, lastDay)),
    readAtOnce(ctx, totals.part(firstDay, lastDay)),
    readAtOnce(ctx, totals.part(before.firstDay, before.lastDay)),
    readAtOnce(ctx, hours.part(firstDay, lastDay)),
    readAtOnce(ctx, spread.part(...kept)),
    readAtOnce(ctx, outliers.part(...kept)),
    readAtOnce(ctx, approvals.part(firstDay, lastDay)),
    readAtOnce(ctx, approvers.part(...kept)),
  ]);
  return {
    period,
    before,
    weeks: byWeek,
    totals: now[0] ?? none,
    totalsBefore: then[0] ?? none,
    hours: byHour,
    teams,
    far: far.map(({ team, accounts }) => ({ team, accounts })),
    approvals: decided[0] ?? noApprovals,
    approvers: byApprover,
  };
}
export type Figures = Awaited<ReturnType<typeof readFigures>>;

const noApprovals = { approved: 0, denied: 0, seconds: 0, quick: 0, people: 0 };
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
  breakGlass: 0,
};
