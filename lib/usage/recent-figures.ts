import { readAtOnce } from "#db/at-once.ts";
import type { Database } from "#db/client.ts";
import type { Actor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { deciders } from "./deciders.ts";
import { hours } from "./hours.ts";
import { type Period, periodBefore, quarterOf } from "./period.ts";
import { outliers, spread } from "./spread.ts";
import { totals, weeks } from "./weeks.ts";

const mostApprovers = 7;
const mostAgents = 5;
const keptMs = 5000;
const mostKept = 50;

/**
 * What is the same for everybody who looks at a period; of approvals those of one person, where `approver` is one. At most
 * five seconds old, as the worker's counting is: many who look at once are one look at the database.
 */
export function recentFigures(
  ctx: Ctx<Actor>,
  period: Period,
  approver: string | null,
): ReturnType<typeof read> {
  const key = `${period.firstDay} ${period.lastDay} ${approver}`;
  const recent = recentOf(ctx.db);
  const known = recent.get(key);
  if (known && performance.now() - known.at < keptMs) return known.figures;
  if (recent.size >= mostKept) recent.clear();
  const figures = read(ctx, period, approver);
  recent.set(key, { at: performance.now(), figures });
  figures.catch(() => recent.delete(key));
  return figures;
}

type Recent = Map<string, { at: number; figures: ReturnType<typeof read> }>;
const byDatabase = new WeakMap<Database, Recent>();

function recentOf(db: Database): Recent {
  const recent: Recent = byDatabase.get(db) ?? new Map();
  byDatabase.set(db, recent);
  return recent;
}

async function read(ctx: Ctx<Actor>, period: Period, approver: string | null) {
  const { firstDay, lastDay } = period;
  const before = periodBefore(period);
  const kept = [firstDay, lastDay, quarterOf(period)] as const;
  const [byWeek, now, then, byHour, teams, far, decided] = await Promise.all([
    readAtOnce(ctx, weeks.part(firstDay, lastDay)),
    readAtOnce(ctx, totals.part(firstDay, lastDay)),
    readAtOnce(ctx, totals.part(before.firstDay, before.lastDay)),
    readAtOnce(ctx, hours.part(firstDay, lastDay)),
    readAtOnce(ctx, spread.part(...kept)),
    readAtOnce(ctx, outliers.part(...kept)),
    readAtOnce(ctx, deciders.part(firstDay, lastDay, mostApprovers, mostAgents, approver, kept[2])),
  ]);
  return { before, byWeek, now, then, byHour, teams, far, decided };
}
