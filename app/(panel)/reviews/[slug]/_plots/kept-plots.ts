import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Policy } from "#lib/policy/policy.ts";
import type { Counting } from "#lib/usage/counting.ts";
import { namedFor } from "#lib/usage/look-at-people.ts";
import { type Figures, readFigures } from "#lib/usage/read-figures.ts";
import { approvalsPlot } from "./approvals.ts";
import { beforePlot } from "./before.ts";
import { type Days, daysOf } from "./days.ts";
import { effectsPlot } from "./effects.ts";
import { hoursPlot } from "./hours.ts";
import { spreadOf } from "./spread.ts";
import { weeksPlot } from "./weeks.ts";

export type Kept = {
  figures: Figures;
  days: Days;
  /** HTML, one plot after the other. */
  plots: Record<"weeks" | "spread" | "hours" | "approvals" | "effects" | "before", string>;
  all: string;
};

/** Its days are of the company's zone, both included. */
export type Pictured = { slug: string; firstDay: string; lastDay: string; zone: string };

type Given = { counting: Counting; policy: Policy; now: Date };

const kept = new Map<string, Promise<Kept>>();
const mostKept = 40;

/**
 * The plots of a period, drawn once for each state of the counting, policy and day, and for readers who may go on to
 * names and those who may not: who looks in between reads no figure anew. Nobody is named in them.
 */
export function keptPlots(ctx: Ctx<StaffActor>, of: Pictured, given: Given): Promise<Kept> {
  const { slug, firstDay, lastDay } = of;
  const { counting, policy, now } = given;
  const days = daysOf({ firstDay, lastDay }, counting.zone ?? of.zone, now);
  const mayName = namedFor(ctx.actor) !== "nobody";
  const key = [slug, firstDay, lastDay, counting.state, policy.version, days.today, mayName].join();
  const known = kept.get(key);
  if (known) return known;
  if (kept.size >= mostKept) kept.clear();
  const drawn = draw(ctx, slug, days, policy, mayName);
  kept.set(key, drawn);
  drawn.catch(() => kept.delete(key));
  return drawn;
}

async function draw(
  ctx: Ctx<StaffActor>,
  slug: string,
  days: Days,
  policy: Policy,
  mayName: boolean,
): Promise<Kept> {
  const figures = await readFigures(ctx, { firstDay: days.firstDay, lastDay: days.lastDay });
  const told = { slug, figures, days, policy, mayName };
  const plots = {
    weeks: weeksPlot(told).text,
    spread: spreadOf(told).text,
    hours: hoursPlot(told).text,
    approvals: approvalsPlot(told).text,
    effects: effectsPlot(told).text,
    before: beforePlot(told).text,
  };
  return { figures, days, plots, all: Object.values(plots).join("") };
}
